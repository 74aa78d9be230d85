import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oidcProviders } from '../../../config/oidc-providers.ts';
import type { OidcProvider } from '../../../config/oidc-providers.ts';
import { claimNamesOf, hasClaim, profileOf } from './claims.rules.ts';

const provider = { id: 'campus', name: 'C', issuer: 'https://c.example', clientId: 'r', clientSecret: 's' };

function settingsOf(own: object = {}): OidcProvider {
  const [settings] = oidcProviders.parse(JSON.stringify([{ ...provider, ...own }]));
  if (!settings) throw new Error('no settings');
  return settings;
}

const roles = { claim: 'groups', map: { staff: ['instructor'], office: ['registrar', 'instructor'] } };

describe('claims', () => {
  it('say who somebody is, by the names that the settings have for them', () => {
    const names = {
      externalId: 'matriculation',
      email: 'mail',
      name: 'cn',
      givenName: 'gn',
      familyName: 'sn',
    };
    const claims = { matriculation: 4_711, mail: 'a@b.example', cn: ' Ada Moss ', gn: 'Ada', sn: 'Moss' };
    expect(profileOf({ ...claims, email_verified: true }, settingsOf({ claims: names }))).toEqual({
      externalId: '4711',
      email: 'a@b.example',
      emailVerified: true,
      name: 'Ada Moss',
      givenName: 'Ada',
      familyName: 'Moss',
      roles: [],
    });
  });

  it('may be inside others, by a name with dots; one of exactly that name goes before', () => {
    const settings = settingsOf({ roles: { ...roles, claim: 'realm_access.roles' } });
    expect(profileOf({ realm_access: { roles: ['staff'] } }, settings).roles).toEqual(['instructor']);
    expect(profileOf({ 'realm_access.roles': ['office'], realm_access: 7 }, settings).roles).toEqual([
      'instructor',
      'registrar',
    ]);
    expect(hasClaim({ realm_access: null }, 'realm_access.roles')).toBe(false);
    expect(hasClaim({}, '__proto__.constructor')).toBe(false);
  });

  it('make a name of both its parts where there is none', () => {
    const claims = { given_name: 'Ada', family_name: 'Moss' };
    expect(profileOf(claims, settingsOf()).name).toBe('Ada Moss');
    expect(profileOf({ given_name: 'Ada' }, settingsOf()).name).toBeNull();
    expect(profileOf({}, settingsOf()).name).toBeNull();
  });

  it.each([true, 'true', 1, 'yes', undefined])('vouch for a mail by true alone: %j', (verified) => {
    expect(profileOf({ email_verified: verified }, settingsOf()).emailVerified).toBe(verified === true);
  });

  it('give roles by groups that are named exactly', () => {
    const of = (groups: unknown) => profileOf({ groups }, settingsOf({ roles })).roles;
    expect(of(['office', 'staff', 'choir'])).toEqual(['instructor', 'registrar']);
    expect(of('staff')).toEqual(['instructor']);
    for (const groups of [undefined, null, 7, {}, 'staff office', ['Staff', ['staff'], null], 'toString'])
      expect(of(groups)).toEqual([]);
  });

  it('of any kind are taken or left out, and throw nothing', () => {
    const settings = settingsOf({ roles, claims: { externalId: 'a.b' } });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (claims, groups) => {
        const profile = profileOf({ ...claims, groups }, settings);
        expect(Object.keys(profile)).toHaveLength(7);
      }),
    );
    expect(claimNamesOf(settings)).toEqual(['a.b', 'email', 'name', 'given_name', 'family_name', 'groups']);
  });
});
