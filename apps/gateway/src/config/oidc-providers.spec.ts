import { describe, expect, it } from 'vitest';
import { oidcProviders, plainIssuers } from './oidc-providers.ts';

const campus = {
  id: 'campus',
  name: 'Campus',
  issuer: 'https://login.campus.example',
  clientId: 'registrar',
  clientSecret: 'never repeated',
};

function faultsOf(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return oidcProviders.safeParse(text).error?.issues.map(({ message }) => message) ?? [];
}

describe('the providers of the campus', () => {
  it('need an id, a name, an issuer and a client; the rest has defaults', () => {
    expect(oidcProviders.parse(JSON.stringify([campus]))).toEqual([
      {
        ...campus,
        scopes: ['openid', 'profile', 'email'],
        claims: { email: 'email', name: 'name', givenName: 'given_name', familyName: 'family_name' },
        logout: false,
        signUp: false,
        trustExternalId: false,
        sessionHours: 24,
      },
    ]);
    expect(oidcProviders.parse('[]')).toEqual([]);
  });

  it.each([
    ['nonsense', 'must be a JSON array of providers'],
    ['{}', /array/],
    [[{ ...campus, id: 'Campus' }], '[0].id: must be 1 to 40 of a-z, 0-9 and -'],
    [[{ ...campus, id: 'password' }], '[0].id: must not be "password"'],
    [[campus, { ...campus, issuer: 'https://other.campus.example' }], 'ids must differ'],
    [[campus, { ...campus, id: 'other' }], 'issuers must differ'],
    [[{ ...campus, issuer: 'nonsense' }], /^\[0\]\.issuer: /],
    [[{ ...campus, issuer: 'http://login.campus.example' }], /^\[0\]\.issuer: .*loopback/],
    [[{ ...campus, issuer: 'http://127.0.0.1.campus.example' }], /^\[0\]\.issuer: .*loopback/],
    [[{ ...campus, issuer: 'https://login.campus.example/?a=b' }], /^\[0\]\.issuer: .*no query/],
    [[{ ...campus, clientSecret: '' }], /^\[0\]\.clientSecret: /],
    [[{ ...campus, scopes: ['profile'] }], '[0].scopes: must have "openid"'],
    [[{ ...campus, scopes: ['openid', 'a b'] }], '[0].scopes[1]: must be scopes'],
    [
      [{ ...campus, roles: { claim: 'groups', map: { staff: ['dean'] } } }],
      /^\[0\]\.roles\.map\.staff\[0\]: /,
    ],
    [[{ ...campus, roles: { claim: 'groups', map: { '*': ['student'] } } }], /^\[0\]\.roles\.map.*/],
    [[{ ...campus, trustExternalId: true }], /^\[0\]\.claims\.externalId: must name a claim/],
    [[{ ...campus, sessionHours: 0 }], /^\[0\]\.sessionHours: /],
    [[{ ...campus, signup: true }], /signup/],
  ])('refuses %j and says where', (value, fault) => {
    expect(faultsOf(value)).toEqual([
      typeof fault === 'string' ? fault : (expect.stringMatching(fault) as string),
    ]);
    expect(faultsOf(value).join()).not.toContain('never repeated');
  });

  it('trust the external ids of one at most', () => {
    const trusted = { ...campus, trustExternalId: true, claims: { externalId: 'number' } };
    const other = { id: 'other', issuer: 'https://other.campus.example' };
    expect(faultsOf([trusted, { ...campus, ...other }])).toEqual([]);
    expect(faultsOf([trusted, { ...trusted, ...other }])).toEqual([
      'trustExternalId must be true for one provider at most',
    ]);
  });

  it('may be on plain http on loopback, for development', () => {
    const local = oidcProviders.parse(
      JSON.stringify([
        { ...campus, issuer: 'http://127.0.0.1:9000' },
        { ...campus, id: 'b' },
      ]),
    );
    expect(plainIssuers(local)).toEqual(['campus']);
  });
});
