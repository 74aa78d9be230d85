import type { Role } from '@registrar/auth';
import type { SignedInUser, User, UserState } from '@registrar/contracts-gateway';
import { rowCodec, shardOf, shards } from '@registrar/dynamodb';
import { ownEmailKey } from './email-key.rules.ts';

/** A person's account as it is kept. */
export interface Account {
  id: string;
  /** As it was typed at the registration. */
  email: string;
  /** The name to show. */
  name: string;
  givenName: string | null;
  familyName: string | null;
  /** What the campus calls the person; null where it was never set. */
  externalId: string | null;
  status: 'active' | 'suspended';
  /** Why, while the account is suspended. */
  suspensionReason: string | null;
  /** Whether the person has shown that the email is theirs, or the campus has vouched for it. */
  emailVerified: boolean;
  /** Those that were granted here. */
  roles: Role[];
  /** Those that each provider of the campus gave at the last sign-in by it, by the provider's id. */
  campusRoles: Readonly<Record<string, readonly Role[]>>;
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
  /** Argon2id in PHC format; null for an account without a password. */
  passwordHash: string | null;
}

/** What an account has that nothing is known of yet. */
export const unknownOfAccount = {
  givenName: null,
  familyName: null,
  externalId: null,
  status: 'active',
  suspensionReason: null,
  emailVerified: false,
  campusRoles: {},
} as const satisfies Partial<Account>;

const accountRow = rowCodec<Account>()({
  id: 'id',
  email: 'email',
  name: 'name',
  givenName: 'given_name',
  familyName: 'family_name',
  externalId: 'external_id',
  status: 'status',
  suspensionReason: 'suspension_reason',
  emailVerified: 'email_verified',
  roles: 'roles',
  campusRoles: 'campus_roles',
  createdAt: 'created_at',
  version: 'version',
  tokenVersion: 'token_version',
  sessionEpoch: 'session_epoch',
  eventSequence: 'event_sequence',
  passwordHash: 'password_hash',
});
type AccountRow = ReturnType<typeof accountRow.toItem>;

/** Attributes that accounts of earlier versions leave out. */
type LaterAttribute =
  | 'event_sequence'
  | 'external_id'
  | 'given_name'
  | 'family_name'
  | 'status'
  | 'suspension_reason'
  | 'email_verified'
  | 'campus_roles';

/** An item of the `users` table. */
export type AccountItem = Omit<AccountRow, LaterAttribute> &
  Partial<Pick<AccountRow, LaterAttribute>> & { directory: string; email_key: string };

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

const attributesOfOldAccounts = {
  ...accountRow.toItem({ ...unknownOfAccount } as Account),
  event_sequence: firstSequenceOfOldAccounts,
};

/** An item of the table as an account. */
export function accountOf(item: AccountItem): Account {
  return accountRow.fromItem({ ...attributesOfOldAccounts, ...item });
}

/** The roles of a user: those that were granted, then those that only the campus gives. */
export function rolesOf({ roles, campusRoles }: Pick<Account, 'roles' | 'campusRoles'>): Role[] {
  return [...new Set([...roles, ...Object.values(campusRoles).flat()])];
}

/** An account as clients see it. */
export function userOf(account: Account): SignedInUser {
  const { id, email, name, givenName, familyName, externalId, status, emailVerified, createdAt } = account;
  const roles = rolesOf(account);
  return { id, email, name, givenName, familyName, externalId, status, emailVerified, roles, createdAt };
}

/** An account as other services see it. */
export function stateOf(account: Account): UserState {
  return { ...userOf(account), status: account.status, version: account.version };
}

/** What stays of an account that was erased. Tokens and events of before have lower numbers. */
export interface ErasedItem extends Pick<
  AccountItem,
  'id' | 'created_at' | 'version' | 'token_version' | 'session_epoch' | 'event_sequence'
> {
  status: 'erased';
  erasure_id: string;
}

/** An account as its erasure leaves it, each of its numbers one higher. */
export function erasedItemOf(account: Account, erasureId: string): ErasedItem {
  return {
    id: account.id,
    status: 'erased',
    erasure_id: erasureId,
    created_at: account.createdAt,
    version: account.version + 1,
    token_version: account.tokenVersion + 1,
    session_epoch: account.sessionEpoch + 1,
    event_sequence: account.eventSequence + 1,
  };
}

/** Whether an item is that of an erased account. */
export function isErased(item: Pick<ErasedItem, 'id'> | AccountItem): item is ErasedItem {
  return 'status' in item && (item.status as string) === 'erased';
}

/** An erased account as clients see it. */
export function erasedUserOf({ id, created_at: createdAt }: ErasedItem): User {
  const nothing = { email: null, name: null, givenName: null, familyName: null, externalId: null } as const;
  return { id, ...nothing, status: 'erased', emailVerified: false, roles: [], createdAt };
}
