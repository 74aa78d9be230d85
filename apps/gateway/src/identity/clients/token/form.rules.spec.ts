import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf } from './form.rules.ts';

const read = (text: string) => Object.fromEntries(formOf(Buffer.from(text)));
const invalid = expect.objectContaining({ status: 400, code: 'invalid_request' }) as Error;

describe('a form', () => {
  it.each<[string, Record<string, string>]>([
    ['', {}],
    ['grant_type=client_credentials', { grant_type: 'client_credentials' }],
    ['scope=a+b%20c&x=%C3%A4', { scope: 'a b c', x: 'ä' }],
    ['client%5Fsecret=rcs%5Fa%2Db', { client_secret: 'rcs_a-b' }],
    ['a=1=2', { a: '1=2' }],
    ['&&a=1&', { a: '1' }],
    ['scope=&a', {}],
    ['?grant_type=x', { '?grant_type': 'x' }],
    ['__proto__=1', { ['__proto__']: '1' }],
  ])('%j is %j', (text, fields) => {
    expect(read(text)).toEqual(fields);
  });

  it.each(['a=1&a=2', 'a=1&%61=2', 'a=&a=1', 'a&a', 'a=%', 'a=%4', 'a=%zz', 'a=%ff', '%=1'])(
    'is refused: %j',
    (text) => {
      expect(() => read(text)).toThrow(invalid);
    },
  );

  it('is refused where it is no UTF-8, or too long', () => {
    expect(() => formOf(Buffer.from([0x61, 0x3d, 0xff]))).toThrow(invalid);
    expect(() => read(`a=${'x'.repeat(20_000)}`)).toThrow(invalid);
  });

  it('gives back what was encoded, and is refused or read whatever it is', () => {
    const fields = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), { maxKeys: 5 });
    fc.assert(
      fc.property(fields, (encoded) => {
        expect(read(new URLSearchParams(encoded).toString())).toEqual({ ...encoded });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          for (const value of formOf(bytes).values()) expect(value).not.toBe('');
        } catch (error) {
          expect(error).toEqual(invalid);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
