import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../testing/users.ts';
import { isUnclaimed, signedInBy, studentOf, withCampusRoles } from './campus-account.rules.ts';
import type { CampusProfile } from './claims.rules.ts';

const nothing: CampusProfile = {
  externalId: null,
  email: null,
  emailVerified: false,
  name: null,
  givenName: null,
  familyName: null,
  roles: [],
};
const linked = accountOf({ campusRoles: { campus: [] } });

describe('a sign-in by the campus', () => {
  it('changes nothing where the campus says nothing new', () => {
    const { name, email } = linked;
    expect(signedInBy(linked, 'campus', { ...nothing, name, email })).toEqual({
      account: linked,
      isChanged: false,
      isVisible: false,
      hasOtherRoles: false,
    });
  });

  it('links the provider at first, which nobody else sees', () => {
    const { account, ...change } = signedInBy(accountOf(), 'campus', nothing);
    expect(account).toEqual({ ...accountOf(), campusRoles: { campus: [] } });
    expect(change).toEqual({ isChanged: true, isVisible: false, hasOtherRoles: false });
  });

  it('raises both versions where roles are others, and the version alone for a name', () => {
    const promoted = signedInBy(linked, 'campus', { ...nothing, roles: ['registrar'] });
    expect(promoted).toMatchObject({ hasOtherRoles: true, account: { version: 2, tokenVersion: 2 } });
    const renamed = signedInBy(linked, 'campus', { ...nothing, familyName: 'Married' });
    expect(renamed).toMatchObject({ hasOtherRoles: false, account: { version: 2, tokenVersion: 1 } });
  });

  it('leaves roles that were granted, and those of other providers', () => {
    const account = accountOf({ roles: ['student', 'registrar'], campusRoles: { library: ['instructor'] } });
    const change = signedInBy(account, 'campus', { ...nothing, roles: ['registrar', 'instructor'] });
    expect(change.hasOtherRoles).toBe(false);
    expect(change.account.campusRoles).toEqual({
      library: ['instructor'],
      campus: ['registrar', 'instructor'],
    });
  });

  it('vouches for the mail of the account alone', () => {
    const claims = { ...nothing, emailVerified: true };
    const verified = (email: string | null) =>
      signedInBy(linked, 'campus', { ...claims, email }).account.emailVerified;
    expect(verified('ADA.Moss@registrar.example')).toBe(true);
    expect([verified('another@registrar.example'), verified(null)]).toEqual([false, false]);
  });
});

it('removing a provider takes its roles away', () => {
  const account = accountOf({ campusRoles: { campus: ['registrar'], library: [] } });
  const { account: after, hasOtherRoles } = withCampusRoles(account, 'campus', undefined);
  expect([after.campusRoles, hasOtherRoles, after.tokenVersion]).toEqual([{ library: [] }, true, 2]);
});

it('an account waits for its owner while it has neither a password nor a provider', () => {
  expect(isUnclaimed(accountOf({ passwordHash: null }))).toBe(true);
  expect(isUnclaimed(accountOf({ passwordHash: 'hash' }))).toBe(false);
  expect(isUnclaimed(accountOf({ passwordHash: null, campusRoles: { campus: [] } }))).toBe(false);
});

describe('a student of whom the campus says', () => {
  const now = new Date(0);
  const email = 'ada.moss@registrar.example';

  it('a mail alone is called by it', () => {
    const account = studentOf({ ...nothing, email, externalId: 'n' }, 'campus', {
      id: 'usr_a',
      now,
      trustExternalId: false,
    });
    expect(account).toMatchObject({
      name: 'ada.moss',
      externalId: null,
      roles: ['student'],
      campusRoles: { campus: [] },
      passwordHash: null,
    });
  });

  it('a number has it where the provider is trusted with numbers', () => {
    const made = { id: 'usr_a', now, trustExternalId: true };
    expect(studentOf({ ...nothing, email, externalId: 'n' }, 'campus', made).externalId).toBe('n');
  });
});
