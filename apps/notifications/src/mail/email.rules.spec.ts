import { describe, expect, it } from 'vitest';
import { domainOf, isSendable, messageId } from './email.rules.ts';

describe('an address', () => {
  it.each(['robin@registrar.example', 'r.d+tag@sub.registrar.example', 'ünal@registrar.example'])(
    'is taken: %s',
    (email) => expect(isSendable(email)).toBe(true),
  );

  it.each([
    '',
    'robin',
    'robin@',
    'robin@registrar.example\r\nBcc: all@registrar.example',
    'robin@registrar.example, all@registrar.example',
    'Robin <robin@registrar.example>',
    'a b@registrar.example',
    `${'x'.repeat(300)}@registrar.example`,
  ])('is refused before anything is sent: %j', (email) => expect(isSendable(email)).toBe(false));

  it('gives the domain of message ids', () => {
    expect(domainOf('Registrar <no-reply@registrar.example>')).toBe('registrar.example');
    expect(domainOf('no-reply@registrar.example')).toBe('registrar.example');
    expect(messageId('ntf_a', 'registrar.example')).toBe('<ntf_a@registrar.example>');
  });
});
