import { describe, expect, it } from 'vitest';
import { smtpFault } from './smtp-faults.rules.ts';

const fault = (code: string, responseCode?: number) =>
  smtpFault(Object.assign(new Error('robin@registrar.example refused'), { code, responseCode }));

describe('a failed attempt to send', () => {
  it.each([
    ['EENVELOPE', 550],
    ['EENVELOPE', 553],
    ['EMESSAGE', 554],
    ['EENVELOPE', undefined],
  ])('is final after %s %s', (code, answer) => expect(fault(code, answer).kind).toBe('permanent'));

  it.each([
    ['EENVELOPE', 450],
    ['EMESSAGE', 451],
    ['EPROTOCOL', 554],
    ['EAUTH', 535],
    ['ECONNECTION', undefined],
    ['ETIMEDOUT', undefined],
    ['ESOCKET', undefined],
    ['ECONNREFUSED', undefined],
  ])('is tried again after %s %s', (code, answer) => expect(fault(code, answer).kind).toBe('passing'));

  it('is named without the address', () => expect(fault('EENVELOPE', 550).reason).toBe('EENVELOPE 550'));

  it('may be anything', () => expect(smtpFault(undefined)).toEqual({ kind: 'passing', reason: 'EUNKNOWN' }));
});
