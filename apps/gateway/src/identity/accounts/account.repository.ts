import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { Role } from '@registrar/auth';
import { firstByEmail } from './directory-page.rules.ts';
import { emailKey, ownEmailKey } from './email-key.rules.ts';
import { accountOf, directories, firstSequenceOfOldAccounts, itemOf } from './user.ts';
import type { Account, AccountItem } from './user.ts';

/** What of an account changes in one commit; the others stay as they are. */
type AccountChange = Partial<
  Pick<Account, 'roles' | 'passwordHash' | 'version' | 'tokenVersion' | 'sessionEpoch'>
>;

/** No account has this email or id: read where there is nothing to find, so that the time is the same. */
const nobody = 'nobody';

/** An account as the directory lists it. */
interface DirectoryEntry {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  createdAt: string;
}

/** Accounts by id and by email. An email is claimed by an item of its own, so that no two accounts have it. */
@Injectable()
export class AccountRepository {
  private readonly users: string;
  private readonly emails: string;

  constructor(private readonly dynamo: Dynamo) {
    this.users = dynamo.tables.name('users');
    this.emails = dynamo.tables.name('user_emails');
  }

  /** The account as the last acknowledged write left it, or undefined. */
  async byId(id: string): Promise<Account | undefined> {
    const item = await this.dynamo.get<AccountItem>('users', { id });
    return item && accountOf(item);
  }

  /**
   * The account of an email, or undefined. Two reads in either case, so that the time does not tell
   * whether there is one.
   */
  async byEmail(email: string): Promise<Account | undefined> {
    const key = { email_key: emailKey(email) ?? nobody };
    const known = await this.dynamo.get<{ user_id: string }>('user_emails', key);
    return this.byId(known?.user_id ?? nobody);
  }

  /** One page of all accounts, in order of email, after `after`. */
  async list(limit: number, after?: { emailKey: string; id: string }): Promise<DirectoryPage> {
    const pages = await Promise.all(
      directories.map((directory) => this.listIn(directory, limit, after?.emailKey)),
    );
    const { items, isLast } = firstByEmail(pages, limit);
    const last = isLast ? undefined : items.at(-1);
    return {
      entries: items.map(({ id, email, name, roles, created_at: createdAt }) => ({
        id,
        email,
        name,
        roles,
        createdAt,
      })),
      next: last && { emailKey: last.email_key, id: last.id },
    };
  }

  /** The first accounts of one partition of the index, beyond a mail. */
  private async listIn(directory: string, limit: number, after = ' '): Promise<AccountItem[]> {
    const { items } = await this.dynamo.query<AccountItem>({
      TableName: this.users,
      IndexName: 'UsersByEmail',
      KeyConditionExpression: 'directory = :directory AND email_key > :after',
      ExpressionAttributeValues: { ':directory': directory, ':after': after },
      // One more than the page shows whether it is the last.
      Limit: limit + 1,
    });
    return items;
  }

  /** Makes the account; the first action fails where the mail is taken. */
  creation(account: Account): TransactAction[] {
    return [
      {
        Put: {
          TableName: this.emails,
          Item: { email_key: ownEmailKey(account.email), user_id: account.id },
          ConditionExpression: 'attribute_not_exists(email_key)',
        },
      },
      {
        Put: {
          TableName: this.users,
          Item: itemOf(account),
          ConditionExpression: 'attribute_not_exists(id)',
        },
      },
    ];
  }

  /** Changes the account and raises its event sequence by one; fails where it is not as `account` says any more. */
  change(account: Account, change: AccountChange): TransactAction {
    const next = itemOf({ ...account, ...change });
    const raised = raisedSequence(account);
    return {
      Update: {
        TableName: this.users,
        Key: { id: account.id },
        UpdateExpression:
          'SET #roles = :roles, password_hash = :hash, version = :version, token_version = :tokens, ' +
          `session_epoch = :epoch, directory = :directory, ${raised.set}`,
        ConditionExpression: `version = :oldVersion AND token_version = :oldTokens AND session_epoch = :oldEpoch AND ${raised.condition}`,
        ExpressionAttributeNames: { '#roles': 'roles' },
        ExpressionAttributeValues: {
          ':roles': next.roles,
          ':hash': next.password_hash,
          ':version': next.version,
          ':tokens': next.token_version,
          ':epoch': next.session_epoch,
          ':directory': next.directory,
          ':oldVersion': account.version,
          ':oldTokens': account.tokenVersion,
          ':oldEpoch': account.sessionEpoch,
          ...raised.values,
        },
      },
    };
  }

  /** Raises the event sequence alone, for an event that changes nothing else of the account; fails in the same way. */
  nextEvent(account: Account): TransactAction {
    const { set, condition, values } = raisedSequence(account);
    return {
      Update: {
        TableName: this.users,
        Key: { id: account.id },
        UpdateExpression: `SET ${set}`,
        ConditionExpression: `attribute_exists(id) AND ${condition}`,
        ExpressionAttributeValues: values,
      },
    };
  }
}

/** The next event sequence of `account`, on the condition that no other commit took it. */
function raisedSequence({ eventSequence }: Account) {
  const isOld = eventSequence === firstSequenceOfOldAccounts;
  return {
    set: 'event_sequence = :sequence',
    condition: isOld ? 'attribute_not_exists(event_sequence)' : 'event_sequence = :oldSequence',
    values: { ':sequence': eventSequence + 1, ...(!isOld && { ':oldSequence': eventSequence }) },
  };
}

/** A page of the directory; `next` is where the following one begins. */
interface DirectoryPage {
  entries: DirectoryEntry[];
  next: { emailKey: string; id: string } | undefined;
}
