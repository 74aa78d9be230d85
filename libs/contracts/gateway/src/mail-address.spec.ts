import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mailAddress } from './http.ts';

describe('a mail address', () => {
  it.each([
    'ada@registrar.example',
    'ADA.Moss+fall@dept.registrar.example',
    "m.o'neil&co@registrar.example",
    'a/b@registrar.example',
    '_@a.co',
    'student@uni.xn--p1ai',
    `${'a'.repeat(236)}@registrar.example`,
  ])('may be %s', (address) => expect(mailAddress.safeParse(address).success).toBe(true));

  it.each([
    '',
    ' ',
    'ada',
    '@',
    'ada@',
    '@registrar.example',
    'ada@localhost',
    'ada@@registrar.example',
    'ada@registrar..example',
    '.ada@registrar.example',
    'ada.@registrar.example',
    'ada..moss@registrar.example',
    ' ada@registrar.example',
    'ada@registrar.example\n',
    '"ada moss"@registrar.example',
    'ada@[127.0.0.1]',
    'ada@registrar.1',
    'ada,bob@registrar.example',
    'Ada <ada@registrar.example>',
    'zoë@registrar.example',
    'ad\ud800a@registrar.example',
    `${'a'.repeat(237)}@registrar.example`,
  ])('is not %j', (address) => expect(mailAddress.safeParse(address).success).toBe(false));

  it('has everything that is accepted so far: what zod calls one', () => {
    for (const address of ["a'b.c-d_e+f@a-b.example", 'A1@1a.2b.museum'])
      expect([z.email().safeParse(address).success, mailAddress.safeParse(address).success]).toEqual([
        true,
        true,
      ]);
  });

  it('is published as exactly what is accepted, without a format that claims more', () => {
    const published = z.toJSONSchema(mailAddress);
    expect(Object.keys(published).sort()).toEqual(['$schema', 'maxLength', 'pattern', 'type']);
    expect(published.maxLength).toBe(254);
  });
});
