import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Dynamo, rowCodec } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';

/** That a person of a provider is the owner of an account. */
export interface LinkedIdentity {
  id: string;
  userId: string;
  /** The provider's id in the settings. */
  provider: string;
  issuer: string;
  subject: string;
  /** RFC 3339. */
  linkedAt: string;
}

const identityRow = rowCodec<LinkedIdentity>()({
  id: 'id',
  userId: 'user_id',
  provider: 'provider',
  issuer: 'issuer',
  subject: 'subject',
  linkedAt: 'linked_at',
});

/** An item of the `identities` table. */
type IdentityItem = ReturnType<typeof identityRow.toItem> & { subject_key: string };

/** What the index by user tells. */
type ListedItem = Pick<IdentityItem, 'id' | 'subject_key' | 'provider' | 'linked_at'>;

/** An identity as its owner sees it, with its key. */
export interface ListedIdentity {
  id: string;
  provider: string;
  linkedAt: string;
  key: string;
}

/** Identities of a user at most that are listed. */
const mostListed = 100;

/** Identities by issuer and subject, so that one belongs to one account. */
@Injectable()
export class IdentityRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('identities');
  }

  /** As the last acknowledged write left it. */
  async bySubject(issuer: string, subject: string): Promise<LinkedIdentity | undefined> {
    const item = await this.dynamo.get<IdentityItem>('identities', { subject_key: keyOf(issuer, subject) });
    return item && identityRow.fromItem(item);
  }

  /** Those of a user, in no order; a change of this second may be missing. */
  async ofUser(userId: string): Promise<ListedIdentity[]> {
    const { items } = await this.dynamo.query<ListedItem>({
      TableName: this.table,
      IndexName: 'IdentitiesByUser',
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
      Limit: mostListed,
    });
    return items.map(({ id, provider, linked_at: linkedAt, subject_key: key }) => ({
      id,
      provider,
      linkedAt,
      key,
    }));
  }

  /** As `ofUser`, whole. */
  async wholeOfUser(userId: string): Promise<LinkedIdentity[]> {
    const keys = (await this.ofUser(userId)).map(({ key }) => ({ subject_key: key }));
    return (await this.dynamo.getAll<IdentityItem>('identities', keys)).map(identityRow.fromItem);
  }

  /** Deletes those of a user. */
  async deleteOf(userId: string): Promise<void> {
    const keys = (await this.ofUser(userId)).map(({ key }) => ({ subject_key: key }));
    await this.dynamo.batchWrite(keys.map((key) => ({ table: this.table, delete: key })));
  }

  /** The Put of a new identity; fails where somebody has it. */
  creation(identity: LinkedIdentity): TransactAction {
    const item: IdentityItem = identityItemOf(identity);
    return {
      Put: {
        TableName: this.table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(subject_key)',
      },
    };
  }

  /** Holds where the identity is still of its user. */
  isStillOf({ issuer, subject, userId }: LinkedIdentity): TransactAction {
    return {
      ConditionCheck: {
        TableName: this.table,
        Key: { subject_key: keyOf(issuer, subject) },
        ConditionExpression: 'user_id = :user',
        ExpressionAttributeValues: { ':user': userId },
      },
    };
  }

  /** Removes an identity of the user; fails where it is not theirs. */
  removal(key: string, userId: string): TransactAction {
    return {
      Delete: {
        TableName: this.table,
        Key: { subject_key: key },
        ConditionExpression: 'user_id = :user',
        ExpressionAttributeValues: { ':user': userId },
      },
    };
  }
}

/** An identity as the table keeps it. */
export function identityItemOf(identity: LinkedIdentity): IdentityItem {
  return { ...identityRow.toItem(identity), subject_key: keyOf(identity.issuer, identity.subject) };
}

/** Subjects are of any length, keys are not. */
function keyOf(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url');
}
