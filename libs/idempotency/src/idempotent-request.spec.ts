import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, idempotentRequest, requestId, validateKey } from './idempotent-request.ts';

const request = (key?: string | string[], body: unknown = { a: 1 }) => ({
  method: 'POST',
  url: '/api/courses',
  headers: key === undefined ? {} : { 'idempotency-key': key },
  body,
});

describe('an idempotency key', () => {
  it.each(['k', '!', '~', 'x'.repeat(255), '7f3c-11', '"quoted"'])('may be %s', (key) => {
    expect(validateKey(key)).toBe(key);
  });

  it.each(['', 'x'.repeat(256), 'a b', ' a', 'a\t', 'ä', '\u0000', 'a\u007f', '日'])(
    'may not be "%s"',
    (key) => {
      expect(() => validateKey(key)).toThrow(
        expect.objectContaining({ status: 400, code: 'invalid_idempotency_key' }),
      );
    },
  );

  it('may not come twice', () => {
    expect(() => idempotentRequest(request(['a', 'b']), 'usr_1')).toThrow(/invalid_idempotency_key/);
  });

  it('is missed only where it is required', () => {
    expect(idempotentRequest(request(), 'usr_1')).toBeUndefined();
    expect(() => idempotentRequest(request(), 'usr_1', { required: true })).toThrow(
      expect.objectContaining({ status: 400, code: 'idempotency_key_required' }),
    );
  });
});

describe('the identity of a request', () => {
  it('is of the caller and the key together, without a way to mix them', () => {
    expect(requestId('a', 'b')).toBe(requestId('a', 'b'));
    const ids = [requestId('a', 'b'), requestId('b', 'a'), requestId('', 'ab'), requestId('ab', '')];
    expect(new Set(ids).size).toBe(4);
  });

  it('does not depend on the order of the body', () => {
    const a = fingerprintOf({ method: 'POST', url: '/x', body: { a: 1, b: { c: 1, d: 2 } } });
    expect(fingerprintOf({ method: 'POST', url: '/x', body: { b: { d: 2, c: 1 }, a: 1 } })).toBe(a);
  });

  it('differs by method, path, query and body', () => {
    const parts = [
      { method: 'POST', url: '/x', body: {} },
      { method: 'PUT', url: '/x', body: {} },
      { method: 'POST', url: '/y', body: {} },
      { method: 'POST', url: '/x?dryRun=true', body: {} },
      { method: 'POST', url: '/x', body: { a: null } },
      { method: 'POST', url: '/x' },
    ];
    expect(new Set(parts.map(fingerprintOf)).size).toBe(parts.length);
  });

  it('differs for different bodies', () => {
    const of = (body: unknown) => fingerprintOf({ method: 'POST', url: '/x', body });
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b) && a !== null && b !== null);
        if (of(a) === of(b)) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      }),
    );
  });
});
