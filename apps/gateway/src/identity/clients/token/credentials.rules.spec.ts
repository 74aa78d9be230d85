import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from './credentials.rules.ts';

const basic = (pair: string, scheme = 'Basic') => `${scheme} ${Buffer.from(pair).toString('base64')}`;
const read = (authorization: string | undefined, form: Record<string, string> = {}) =>
  credentialsOf(authorization, new Map(Object.entries(form)));
const good = { clientId: 'client_a', secret: 'rcs_b-c_d' };
const inForm = { client_id: 'client_a', client_secret: 'rcs_b-c_d' };

describe('the credentials of a request for a token', () => {
  it.each<[string | undefined, Record<string, string>]>([
    [basic('client_a:rcs_b-c_d'), {}],
    [basic('client%5Fa:rcs%5Fb%2Dc%5Fd'), {}],
    [basic('client_a:rcs_b-c_d', 'bASIC'), {}],
    [basic('client_a:rcs_b-c_d'), { client_id: 'client_a' }],
    [undefined, inForm],
  ])('are read from %j and %j', (authorization, form) => {
    expect(read(authorization, form)).toEqual(good);
  });

  it('may have a colon and spaces in the secret', () => {
    expect(read(basic('a%3Ab:c:d+e'))).toEqual({ clientId: 'a:b', secret: 'c:d e' });
  });

  it.each<[string | undefined, Record<string, string>]>([
    [basic('client_a:rcs_b-c_d'), inForm],
    [basic('client_a:rcs_b-c_d'), { client_secret: 'other' }],
    [basic('client_a:rcs_b-c_d'), { client_id: 'client_b' }],
  ])('are no request where they come twice: %j and %j', (authorization, form) => {
    expect(() => read(authorization, form)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_request' }) as Error,
    );
  });

  it.each<[string | undefined, Record<string, string>]>([
    [undefined, {}],
    [undefined, { client_id: 'client_a' }],
    [undefined, { client_secret: 'rcs_b' }],
    ['Bearer abc', {}],
    ['Basic', {}],
    ['Basic !!!', {}],
    [basic('no colon'), {}],
    [basic(':secret'), {}],
    [basic('a%:b'), {}],
    [basic('a:%ff'), {}],
  ])('are missing in %j and %j', (authorization, form) => {
    expect(() => read(authorization, form)).toThrow(
      expect.objectContaining({
        status: 401,
        code: 'invalid_client',
        extras: { headers: { 'www-authenticate': 'Basic realm="Registrar API", charset="UTF-8"' } },
      }) as Error,
    );
  });

  it('are read or refused whatever the header is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string().map(basic)), (header) => {
        try {
          expect(read(header).clientId).not.toBe('');
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_client' });
        }
      }),
      { numRuns: 500 },
    );
  });
});
