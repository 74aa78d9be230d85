import type { Scope } from '@registrar/contracts-http';
import { describe, expect, it } from 'vitest';
import { scopesFor } from './scopes.rules.ts';

const granted: Scope[] = ['enrollments.read', 'users.read'];

describe('the scopes of a new token', () => {
  it.each<[string | undefined, Scope[]]>([
    [undefined, granted],
    ['users.read', ['users.read']],
    ['users.read enrollments.read users.read', granted],
    ['users.read holds.write', ['users.read']],
    ['everything users.read "\\', ['users.read']],
    ['  users.read ', ['users.read']],
  ])('asked for as %j are %j', (asked, scopes) => {
    expect(scopesFor(granted, asked)).toEqual(scopes);
  });

  it.each(['everything', 'holds.write', 'USERS.READ', ' '])('are none of %j', (asked) => {
    expect(() => scopesFor(granted, asked)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid_scope' }) as Error,
    );
  });

  it('are not possible for a client without any', () => {
    for (const asked of [undefined, 'users.read'])
      expect(() => scopesFor([], asked)).toThrow(
        expect.objectContaining({ status: 400, code: 'unauthorized_client' }) as Error,
      );
  });
});
