import type { Identity, Role } from '@registrar/auth';
import { readImport } from '@registrar/service';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../accounts/user.ts';
import { accountOf } from '../../testing/users.ts';
import { decideLine } from './decide-line.rules.ts';
import { KnownUsers } from './known-users.ts';
import { groupsOf, partsOf } from './line-groups.rules.ts';
import { isAlone, transactionsOf } from './transactions.rules.ts';
import { userFormat } from './user-line.rules.ts';

const columns = 'externalId,email,givenName,familyName,name,roles,active';
const authorOf = (...roles: Role[]) => ({ id: 'usr_author', roles }) as unknown as Identity;

/** What the only line of a file comes to. */
function decide(cells: string, accounts: Account[] = [], author = authorOf('registrar'), header = columns) {
  const { lines, refused } = readImport(Buffer.from(`${header}\n${cells}\n`), userFormat);
  const [line] = lines;
  if (!line) return refused[0]?.code;
  const decision = decideLine(line.fields, new KnownUsers(accounts), author);
  if (typeof decision === 'string') return decision;
  return 'refused' in decision ? decision.refused.code : decision.change.after;
}

const known = accountOf({ externalId: 'E1', email: 'ada@registrar.example', emailVerified: true });

describe('a line of users', () => {
  it('makes a student who is active, verified and has no password', () => {
    expect(decide('E9,new@registrar.example', [], authorOf('registrar'), 'externalId,email')).toMatchObject({
      externalId: 'E9',
      email: 'new@registrar.example',
      name: 'new',
      roles: ['student'],
      status: 'active',
      emailVerified: true,
      passwordHash: null,
      tokenVersion: 1,
    });
  });

  it.each([
    ['Zoë', 'Moss', '', 'Zoë Moss'],
    ['', 'Moss', '', 'Moss'],
    ['Zoë', 'Moss', 'Dr. Moss', 'Dr. Moss'],
    ['Z'.repeat(60), 'M'.repeat(60), '', 'M'.repeat(60)],
  ])('shows %j %j %j as %j', (first, family, name, shown) => {
    const after = decide(`E9,new@registrar.example,${first},${family},${name},student,true`);
    expect(after).toMatchObject({ name: shown, givenName: first || null, familyName: family || null });
  });

  it('leaves what the file does not have, and clears what is empty', () => {
    const account = { ...known, givenName: 'Ada', familyName: 'Moss' };
    const header = 'externalId,email,givenName';
    expect(decide('E1,,', [account], authorOf('registrar'), header)).toMatchObject({
      email: account.email,
      name: account.name,
      givenName: null,
      familyName: 'Moss',
    });
    expect(decide('E1,ADA@registrar.example,Ada', [account], authorOf('registrar'), header)).toBe(
      'unchanged',
    );
  });

  it('raises the token version where roles change or the account is suspended', () => {
    expect(decide('E1,,,,N,instructor,true', [known])).toMatchObject({ tokenVersion: 2, sessionEpoch: 1 });
    const suspended = decide('E1,,,,N,student,false', [known]) as Account;
    expect(suspended).toMatchObject({ status: 'suspended', sessionEpoch: 2 });
    expect(decide('E1,,,,N,student,TRUE', [suspended])).toMatchObject({
      status: 'active',
      suspensionReason: null,
    });
  });

  it('is the business of admins where it is about staff', () => {
    const byCampus = { ...known, campusRoles: { campus: ['registrar'] as const } };
    for (const account of [{ ...known, roles: ['admin'] as Role[] }, byCampus]) {
      expect(decide('E1,,,,N,student,true', [account])).toBe('forbidden');
      expect(decide('E1,,,,N,student,true', [account], authorOf('admin'))).toBeTypeOf('object');
    }
  });

  it('does not end the rights of who sends it', () => {
    const own = { ...known, id: 'usr_author', roles: ['admin'] as Role[] };
    expect(decide('E1,,,,N,student,true', [own], authorOf('admin'))).toBe('own_admin_role');
    expect(decide('E1,,,,N,admin,false', [own], authorOf('admin'))).toBe('forbidden');
  });
});

it('whatever is in a file, every line comes to something, and none that is not well-formed to a change', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      '"',
      '""',
      'E1',
      'ada@registrar.example',
      'student|admin',
      'false',
      '\u2028',
      '=1+1',
      ' ',
      '|',
    ),
  );
  const row = fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(','));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
      const file = Buffer.from([columns, ...rows].join(end));
      const { lines, refused } = readImport(file, userFormat);
      const numbers = [...lines, ...refused].map(({ line }) => line);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const { fields } of lines) {
        const decision = decideLine(fields, new KnownUsers([known]), authorOf('registrar'));
        if (typeof decision === 'string' || 'refused' in decision) continue;
        const { after } = decision.change;
        expect(after.roles.length).toBeGreaterThan(0);
        expect(after.roles).not.toContain('admin');
        expect(after.name.trim()).not.toBe('');
        expect(after.email).toMatch(/^[\x21-\x7e]+@[\x21-\x7e]+$/);
      }
    }),
  );
});

describe('lines', () => {
  const keysOf = ({ keys }: { keys: string[] }) => keys;

  it('that have something in common, by way of others too, stay in their order', () => {
    const lines = [['a'], ['b'], ['a', 'c'], ['d'], ['b', 'c'], ['e', 'd']].map((keys, at) => ({ at, keys }));
    const groups = groupsOf(lines, keysOf).map((group) => group.map(({ at }) => at));
    expect(groups).toEqual([
      [0, 1, 2, 4],
      [3, 5],
    ]);
  });

  it('in a long chain are one group, soon', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => ({ keys: [`${at}`, `${at + 1}`] }));
    expect(groupsOf(lines.toReversed(), keysOf)).toHaveLength(1);
  });

  it('are put together to parts without a group being cut', () => {
    expect(partsOf([[1, 2], [3], [4, 5, 6], [7]], 3)).toEqual([[[1, 2], [3]], [[4, 5, 6]], [[7]]]);
    expect(partsOf([], 3)).toEqual([]);
  });
});

describe('changes', () => {
  it('go into transactions of 100 actions at most', () => {
    const made = { before: undefined, after: known };
    const changed = { before: known, after: known };
    const lengths = (items: (typeof made | typeof changed)[]) =>
      transactionsOf(items, (each) => each).map(({ length }) => length);
    expect(lengths(Array(50).fill(made))).toEqual([24, 24, 2]);
    expect(lengths(Array(20).fill(changed))).toEqual([16, 4]);
    expect(lengths([])).toEqual([]);
  });

  it('are written alone where they revoke tokens, or are about admins', () => {
    const admin = { ...known, roles: ['admin'] as Role[] };
    expect(isAlone({ before: known, after: { ...known, name: 'N' } })).toBe(false);
    expect(isAlone({ before: known, after: { ...known, tokenVersion: 2 } })).toBe(true);
    expect(isAlone({ before: undefined, after: admin })).toBe(true);
    expect(isAlone({ before: admin, after: known })).toBe(true);
  });
});
