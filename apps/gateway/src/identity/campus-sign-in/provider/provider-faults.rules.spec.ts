import { AuthorizationResponseError } from 'openid-client';
import { expect, it } from 'vitest';
import { refusalOf } from './provider-faults.rules.ts';
import { ProviderUnavailable } from './provider-fetch.ts';

function authorizationError(error: string): Error {
  return new AuthorizationResponseError('said no', { cause: new URLSearchParams({ error }) });
}

it('is the fault of a provider that was away, however deep the library hides it', () => {
  const cause = new ProviderUnavailable('https://c.example/token answered 503');
  const error = new Error('something went wrong', { cause: new Error('again', { cause }) });
  expect(refusalOf(error)).toMatchObject({ code: 'provider_unavailable', detail: cause.message });
});

it.each([
  [authorizationError('access_denied'), 'provider_refused'],
  [authorizationError('temporarily_unavailable'), 'provider_unavailable'],
  [new Error('unexpected JWT claim value'), 'provider_refused'],
  ['nonsense', 'provider_refused'],
])('tells %s as %s', (error, code) => expect(refusalOf(error).code).toBe(code));

it('writes nothing from outside into a log as it came', () => {
  const { detail = '' } = refusalOf(authorizationError(`${'<x>\n'.repeat(100)}`));
  expect(detail).toMatch(/^[\w .?-]{1,100}$/);
});
