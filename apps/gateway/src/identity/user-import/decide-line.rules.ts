import type { Identity } from '@registrar/auth';
import { importableRoles } from '@registrar/contracts-gateway';
import type { UserRefusal } from '@registrar/contracts-gateway';
import { newId } from '@registrar/service';
import { restored, suspended } from '../accounts/account-status.rules.ts';
import { emailKey } from '../accounts/email-key.rules.ts';
import { rolesOf, unknownOfAccount } from '../accounts/user.ts';
import type { Account } from '../accounts/user.ts';
import type { UserChange } from '../users/user-writer.ts';
import type { KnownUsers } from './known-users.ts';
import type { UserFields } from './user-line.rules.ts';

/** Why a line is refused. */
export type Refusal = Omit<UserRefusal, 'line'>;

/** What a line comes to: a refusal, nothing, or a change. */
export type LineDecision = { refused: Refusal } | 'unchanged' | { change: UserChange };

/** Names have so many characters at most. */
const maxNameLength = 100;
const suspensionReason = 'Set by an import.';

/** Decides a line of users on the accounts as they are after the lines before it. */
export function decideLine(line: UserFields, known: KnownUsers, author: Identity): LineDecision {
  const isAdmin = author.roles.includes('admin');
  if (!isAdmin && line.roles?.some((each) => !importableRoles.some((role) => role === each)))
    return refuse('forbidden', `A registrar gives the roles ${importableRoles.join(' and ')} only.`);
  const found = targetOf(line, known);
  if ('refused' in found) return found;
  const { target } = found;
  if (target && !isAdmin && isStaff(target))
    return refuse('forbidden', 'Only an admin changes the account of an admin or a registrar.');
  if (target?.id === author.id && line.active === false)
    return refuse('forbidden', 'You cannot suspend your own account by a file.');
  if (target?.id === author.id && losesAdmin(target, line))
    return refuse('own_admin_role', 'You cannot remove your own admin role. Another admin can.');
  return changeOf(line, target);
}

/** The account that a line is about; none where it makes one. */
function targetOf(
  { externalId, email, emailKey }: UserFields,
  known: KnownUsers,
): { target: Account | undefined } | { refused: Refusal } {
  const [byId, byEmail] = [known.byExternalId(externalId), known.byEmail(emailKey)];
  if (byId && byEmail && byId.id !== byEmail.id)
    return refuse('invalid_line', 'The external id and the email belong to different users.');
  if (byId) return { target: byId };
  if (byEmail?.externalId === null && byEmail.emailVerified) return { target: byEmail };
  if (externalId === null) return refuse('invalid_line', 'externalId: A new user needs one.');
  if (email === null) return refuse('invalid_line', 'email: A new user needs one.');
  // Its owner is not sure, or is somebody else by the external id.
  if (byEmail) return refuse('email_taken', `Another account has the email ${email}.`);
  return { target: undefined };
}

function changeOf(line: UserFields, before: Account | undefined): LineDecision {
  const account = before ?? newAccount();
  const { givenName = account.givenName, familyName = account.familyName } = line;
  const email = line.email ?? account.email;
  const name = nameOf(line, { account: before, email, givenName, familyName });
  if (name === undefined) return refuse('invalid_line', 'name: Fill it, or givenName or familyName.');
  const named: Account = {
    ...account,
    email: line.emailKey === emailKey(account.email) ? account.email : email,
    emailVerified: account.emailVerified || line.email !== null,
    externalId: line.externalId ?? account.externalId,
    name,
    givenName,
    familyName,
  };
  const after = withStatus(withRoles(named, line.roles), line.active);
  if (!before) return { change: { before, after: { ...after, tokenVersion: 1, sessionEpoch: 1 } } };
  return isSame(before, after) ? 'unchanged' : { change: { before, after } };
}

/** The name to show, which stays where the file does not have it; undefined where a line empties it and has no other. */
function nameOf(
  { name }: UserFields,
  after: Pick<Account, 'email' | 'givenName' | 'familyName'> & { account: Account | undefined },
): string | undefined {
  if (name !== undefined && name !== null) return name;
  if (name === undefined && after.account) return after.account.name;
  const { givenName, familyName, email } = after;
  const parts = [givenName, familyName].filter((part) => part !== null);
  const whole = parts.join(' ');
  if (parts.length > 0) return whole.length <= maxNameLength ? whole : parts.at(-1);
  return name === null ? undefined : email.slice(0, email.indexOf('@'));
}

function withRoles(account: Account, roles: Account['roles'] = account.roles): Account {
  const isSameSet =
    roles.length === account.roles.length && roles.every((each) => account.roles.includes(each));
  return isSameSet ? account : { ...account, roles, tokenVersion: account.tokenVersion + 1 };
}

function withStatus(account: Account, isActive: boolean | undefined): Account {
  if (isActive === true && account.status === 'suspended') return restored(account);
  return isActive === false && account.status === 'active' ? suspended(account, suspensionReason) : account;
}

function isSame(before: Account, after: Account): boolean {
  return (Object.keys(before) as (keyof Account)[]).every((field) => before[field] === after[field]);
}

/** An account that a file makes: it has no password, and the campus vouches for its email. */
function newAccount(): Account {
  return {
    ...unknownOfAccount,
    id: newId('usr'),
    email: '',
    name: '',
    roles: ['student'],
    createdAt: new Date().toISOString(),
    version: 1,
    tokenVersion: 1,
    sessionEpoch: 1,
    eventSequence: 0,
    passwordHash: null,
  };
}

function isStaff(account: Account): boolean {
  return rolesOf(account).some((role) => role === 'admin' || role === 'registrar');
}

function losesAdmin({ roles }: Account, line: UserFields): boolean {
  return roles.includes('admin') && line.roles !== undefined && !line.roles.includes('admin');
}

function refuse(code: Refusal['code'], detail: string): { refused: Refusal } {
  return { refused: { code, detail } };
}
