import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { firstByEmail } from './directory-page.rules.ts';
import { emailKey, ownEmailKey } from './email-key.rules.ts';
import {
  accountOf,
  directories,
  erasedItemOf,
  firstSequenceOfOldAccounts,
  isErased,
  itemOf,
  rolesOf,
} from './user.ts';
import type { Account, AccountItem, ErasedItem } from './user.ts';

/** What of an account changes in one commit; the others stay as they are. */
export type AccountChange = Partial<Omit<Account, 'id' | 'createdAt' | 'eventSequence'>>;

/** No account has this email or id: read where there is nothing to find, so that the time is the same. */
const nobody = 'nobody';

/** What the index of emails tells of an account. */
type DirectoryItem = Pick<AccountItem, 'id' | 'email_key'>;

/**
 * Accounts by id, email and external id. An email and an external id are each claimed by an item of their own, so that
 * no two accounts have the same.
 */
@Injectable()
export class AccountRepository {
  private readonly users: string;
  private readonly emails: string;
  private readonly externalIds: string;

  constructor(private readonly dynamo: Dynamo) {
    this.users = dynamo.tables.name('users');
    this.emails = dynamo.tables.name('user_emails');
    this.externalIds = dynamo.tables.name('user_external_ids');
  }

  /** The account as the last acknowledged write left it, or undefined; an erased one is none. */
  async byId(id: string): Promise<Account | undefined> {
    const item = await this.dynamo.get<AccountItem>('users', { id });
    return item && !isErased(item) ? accountOf(item) : undefined;
  }

  /** What is left of an account that was erased; undefined where there is none, or it is not erased. */
  async erasedById(id: string): Promise<ErasedItem | undefined> {
    const item = await this.dynamo.get<AccountItem | ErasedItem>('users', { id });
    return item && isErased(item) ? item : undefined;
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

  /** The account of an external id, or undefined. */
  async byExternalId(externalId: string): Promise<Account | undefined> {
    const key = { external_id: externalId };
    const known = await this.dynamo.get<{ user_id: string }>('user_external_ids', key);
    const account = known && (await this.byId(known.user_id));
    // It may have been given to another account between the two reads.
    return account?.externalId === externalId ? account : undefined;
  }

  /** Whether somebody else is an active admin; looks at everybody until one is found. */
  async hasOtherAdmin(id: string): Promise<boolean> {
    let after: { emailKey: string; id: string } | undefined;
    do {
      const { accounts, next } = await this.list(100, after);
      const isOther = (each: Account) => each.id !== id && each.status === 'active';
      if (accounts.some((each) => isOther(each) && rolesOf(each).includes('admin'))) return true;
      after = next;
    } while (after);
    return false;
  }

  /** One page of all accounts, in order of email, after `after`; each as the last acknowledged write left it. */
  async list(limit: number, after?: { emailKey: string; id: string }): Promise<DirectoryPage> {
    const pages = await Promise.all(
      directories.map((directory) => this.listIn(directory, limit, after?.emailKey)),
    );
    const { items, isLast } = firstByEmail(pages, limit);
    const last = isLast ? undefined : items.at(-1);
    const keys = items.map(({ id }) => ({ id }));
    const accounts = await this.dynamo.getAll<AccountItem>('users', keys);
    const left = accounts.filter((item) => !isErased(item)).map(accountOf);
    return { accounts: left, next: last && { emailKey: last.email_key, id: last.id } };
  }

  /** The first accounts of one partition of the index, beyond a mail. */
  private async listIn(directory: string, limit: number, after = ' '): Promise<DirectoryItem[]> {
    const { items } = await this.dynamo.query<DirectoryItem>({
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

  /**
   * Claims `next` for the account instead of its external id; the first action fails where another account has it.
   * Belongs into the transaction of the change; none where the account has `next` already.
   */
  externalIdClaims({ id, externalId }: Account, next: string | null): TransactAction[] {
    if (next === externalId) return [];
    const claim: TransactAction = {
      Put: {
        TableName: this.externalIds,
        Item: { external_id: next, user_id: id },
        // The same change made at the same moment is no other account's.
        ConditionExpression: 'attribute_not_exists(external_id) OR user_id = :id',
        ExpressionAttributeValues: { ':id': id },
      },
    };
    const release: TransactAction = {
      Delete: { TableName: this.externalIds, Key: { external_id: externalId } },
    };
    return [...(next === null ? [] : [claim]), ...(externalId === null ? [] : [release])];
  }

  /** Changes the account and raises its event sequence by one; fails where it is not as `account` says any more. */
  change(account: Account, change: AccountChange): TransactAction {
    const raised = raisedSequence(account);
    const { id, event_sequence: _, ...attributes } = itemOf({ ...account, ...change });
    const names = Object.keys(attributes);
    return {
      Update: {
        TableName: this.users,
        Key: { id },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, ${raised.set}`,
        ConditionExpression: `version = :oldVersion AND token_version = :oldTokens AND session_epoch = :oldEpoch AND ${raised.condition}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
          ':oldVersion': account.version,
          ':oldTokens': account.tokenVersion,
          ':oldEpoch': account.sessionEpoch,
          ...raised.values,
        },
      },
    };
  }

  /** Erases the account and releases its claims; the first action fails where it is not as `account` says any more. */
  erasure(account: Account, erasureId: string): TransactAction[] {
    const { condition, values } = raisedSequence(account);
    const { ':sequence': _, ...known } = values;
    const claims: TransactAction[] = [
      { Delete: { TableName: this.emails, Key: { email_key: ownEmailKey(account.email) } } },
      ...this.externalIdClaims(account, null),
    ];
    return [
      {
        Put: {
          TableName: this.users,
          Item: erasedItemOf(account, erasureId),
          ConditionExpression: `version = :oldVersion AND token_version = :oldTokens AND session_epoch = :oldEpoch AND ${condition}`,
          ExpressionAttributeValues: {
            ':oldVersion': account.version,
            ':oldTokens': account.tokenVersion,
            ':oldEpoch': account.sessionEpoch,
            ...known,
          },
        },
      },
      ...claims,
    ];
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
  accounts: Account[];
  next: { emailKey: string; id: string } | undefined;
}
