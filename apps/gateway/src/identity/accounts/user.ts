import type { Role } from '@registrar/auth';
import type { User, UserState } from '@registrar/contracts-gateway';
import { rowCodec, shardOf, shards } from '@registrar/dynamodb';
import { ownEmailKey } from './email-key.rules.ts';

/** A person's account as it is kept. */
export interface Account {
  id: string;
  /** As it was typed at the registration. */
  email: string;
  name: string;
  /** What the campus calls the person; null where it was never set. */
  externalId: string | null;
  roles: Role[];
  /** RFC 3339. */
  createdAt: string;
  /** Grows by one with each published change; orders the events of the user. */
  version: number;
  /** In every access token: tokens with a lower version than a revocation's are revoked. */
  tokenVersion: number;
  /** Sessions that began with less than this are over. */
  sessionEpoch: number;
  /** Number of the user's last event that has no version: raised in the transaction of each, so that they have an order. */
  eventSequence: number;
  /** Argon2id in PHC format. */
  passwordHash: string;
}

const accountRow = rowCodec<Account>()({
  id: 'id',
  email: 'email',
  name: 'name',
  externalId: 'external_id',
  roles: 'roles',
  createdAt: 'created_at',
  version: 'version',
  tokenVersion: 'token_version',
  sessionEpoch: 'session_epoch',
  eventSequence: 'event_sequence',
  passwordHash: 'password_hash',
});
type AccountRow = ReturnType<typeof accountRow.toItem>;

/** An item of the `users` table. */
export type AccountItem = Omit<AccountRow, 'event_sequence' | 'external_id'> & {
  directory: string;
  email_key: string;
  /** Left out by accounts from before there was one, as `external_id` is. */
  event_sequence?: number;
  external_id?: string | null;
};

/**
 * Where accounts without a number begin: beyond all numbers of their earlier events, which were microseconds since
 * the epoch. A lower number would be taken for one that comes late.
 */
export const firstSequenceOfOldAccounts = 8_000_000_000_000_000;

/** Earlier versions had everybody in this partition; they stay there until their account changes. */
const sharedDirectory = 'everybody';

/** The partition, of the index that lists everybody in order of email, that a user is in. */
function directoryOf(userId: string): string {
  return `${sharedDirectory}#${shardOf(userId)}`;
}

/** Every partition of that index. */
export const directories = [sharedDirectory, ...shards.map((shard) => `${sharedDirectory}#${shard}`)];

/** An account as the table keeps it. */
export function itemOf(account: Account): AccountItem {
  return {
    ...accountRow.toItem(account),
    directory: directoryOf(account.id),
    email_key: ownEmailKey(account.email),
  };
}

/** An item of the table as an account. */
export function accountOf(item: AccountItem): Account {
  const { event_sequence = firstSequenceOfOldAccounts, external_id = null } = item;
  return accountRow.fromItem({ ...item, event_sequence, external_id });
}

/** An account as clients see it. */
export function userOf({ id, email, name, externalId, roles, createdAt }: User): User {
  return { id, email, name, externalId, roles, createdAt };
}

/** An account as other services see it. */
export function stateOf(account: Account): UserState {
  return { ...userOf(account), version: account.version };
}
