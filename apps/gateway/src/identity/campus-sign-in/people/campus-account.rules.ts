import type { Role } from '@registrar/auth';
import { emailKey } from '../../accounts/email-key.rules.ts';
import { rolesOf, unknownOfAccount } from '../../accounts/user.ts';
import type { Account } from '../../accounts/user.ts';
import type { CampusProfile } from './claims.rules.ts';

/** What a sign-in by the campus makes of an account. */
export interface ChangedAccount {
  account: Account;
  /** Whether anything of it is another. */
  isChanged: boolean;
  /** Whether others see the change. */
  isVisible: boolean;
  /** Whether tokens of before say other roles. */
  hasOtherRoles: boolean;
}

/** `account` with the roles that `provider` gives; undefined removes the provider. */
export function withCampusRoles(
  account: Account,
  provider: string,
  roles: readonly Role[] | undefined,
): ChangedAccount {
  const { [provider]: before, ...others } = account.campusRoles;
  const campusRoles = roles ? { ...others, [provider]: roles } : others;
  const isChanged = before?.join() !== roles?.join();
  return changedTo(account, isChanged ? { ...account, campusRoles } : account);
}

/** `account` after a sign-in of its owner by `provider`, which says `profile`. */
export function signedInBy(account: Account, provider: string, profile: CampusProfile): ChangedAccount {
  const { account: next } = withCampusRoles(account, provider, profile.roles);
  const isOwnMail = profile.email !== null && emailKey(profile.email) === emailKey(account.email);
  return changedTo(account, {
    ...next,
    name: profile.name ?? account.name,
    givenName: profile.givenName ?? account.givenName,
    familyName: profile.familyName ?? account.familyName,
    emailVerified: account.emailVerified || (isOwnMail && profile.emailVerified),
  });
}

/** A new student of whom `provider` says `profile`; its mail is not null. */
export function studentOf(
  { email, ...profile }: CampusProfile & { email: string },
  provider: string,
  { id, now, trustExternalId }: { id: string; now: Date; trustExternalId: boolean },
): Account {
  const { givenName, familyName, emailVerified, roles } = profile;
  return {
    ...unknownOfAccount,
    id,
    email,
    name: profile.name ?? familyName ?? givenName ?? email.slice(0, email.lastIndexOf('@')),
    givenName,
    familyName,
    externalId: trustExternalId ? profile.externalId : null,
    emailVerified,
    roles: ['student'],
    campusRoles: { [provider]: roles },
    createdAt: now.toISOString(),
    version: 1,
    tokenVersion: 1,
    sessionEpoch: 1,
    eventSequence: 0,
    passwordHash: null,
  };
}

/** Whether the account waits for its owner: it has no way to sign in yet. */
export function isUnclaimed({ passwordHash, campusRoles }: Account): boolean {
  return passwordHash === null && Object.keys(campusRoles).length === 0;
}

const visible = ['name', 'givenName', 'familyName', 'emailVerified'] as const;

function changedTo(before: Account, after: Account): ChangedAccount {
  const hasOtherRoles = rolesOf(before).sort().join() !== rolesOf(after).sort().join();
  const isVisible = hasOtherRoles || visible.some((field) => before[field] !== after[field]);
  const account = {
    ...after,
    version: before.version + (isVisible ? 1 : 0),
    tokenVersion: before.tokenVersion + (hasOtherRoles ? 1 : 0),
  };
  return {
    account,
    isChanged: isVisible || before.campusRoles !== after.campusRoles,
    isVisible,
    hasOtherRoles,
  };
}
