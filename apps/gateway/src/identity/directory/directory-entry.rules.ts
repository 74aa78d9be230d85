import type { Role } from '@registrar/auth';
import type { UserState } from '@registrar/contracts-gateway';
import { folded } from '@registrar/service';
import { ownEmailKey } from '../accounts/email-key.rules.ts';
import type { Account } from '../accounts/user.ts';

/** What of an account is held in memory, to be searched. */
export interface DirectoryEntry {
  id: string;
  emailKey: string;
  /** Names, email and external id in the form that is compared, one a line. */
  text: string;
  roles: readonly Role[];
  status: Account['status'];
  /** Of the account. */
  version: number;
}

/** Whom a search is for; what is undefined does not matter. */
export interface DirectoryFilter {
  q?: string | undefined;
  role?: Role | undefined;
  status?: 'active' | 'suspended' | 'erased' | undefined;
}

/** Decides whether an entry is searched for. */
export type DirectoryMatch = (entry: Pick<DirectoryEntry, 'text' | 'roles' | 'status'>) => boolean;

/** Roles as most accounts have them: one array for all who have the same. */
const knownRoles = new Map<string, readonly Role[]>();

/** A user as they are searched. */
export function entryOf(user: UserState): DirectoryEntry {
  const { id, email, name, givenName, familyName, externalId, status = 'active', roles, version } = user;
  const parts = [givenName, familyName].filter((part) => part && !name.includes(part));
  const text = folded([name, ...parts, email, externalId ?? ''].join('\n'));
  const key = roles.join();
  const shared = knownRoles.get(key) ?? roles;
  knownRoles.set(key, shared);
  return { id, emailKey: ownEmailKey(email), text, roles: shared, status, version };
}

/** What a search matches: every word of `q` is a part of the text, whatever the case or accents. */
export function matchOf({ q = '', role, status }: DirectoryFilter): DirectoryMatch {
  const words = folded(q).split(/\s+/u).filter(Boolean);
  return (entry) =>
    (role === undefined || entry.roles.includes(role)) &&
    (status === undefined || entry.status === status) &&
    words.every((each) => entry.text.includes(each));
}
