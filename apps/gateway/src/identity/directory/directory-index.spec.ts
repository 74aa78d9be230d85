import { expect, it } from 'vitest';
import { stateOf } from '../accounts/user.ts';
import { accountOf } from '../../testing/users.ts';
import { entryOf, matchOf } from './directory-entry.rules.ts';
import { DirectoryIndex } from './directory-index.ts';

const everybody = matchOf({});
const entry = (id: string, version = 1, email = `${id}@registrar.example`) =>
  entryOf(stateOf(accountOf({ id, email, version })));
const idsOf = (index: DirectoryIndex, ...rest: [number, { emailKey: string; id: string }?]) =>
  index.find(everybody, ...rest).map(({ id }) => id);

it('gives accounts in order of email, from any position, also where some have come or gone since', () => {
  const index = new DirectoryIndex();
  for (const id of ['c', 'a', 'e', 'b', 'd']) index.put(entry(id));
  expect(idsOf(index, 2)).toEqual(['a', 'b']);
  const after = entry('b');
  index.remove('b');
  index.put(entry('ba'));
  expect(idsOf(index, 10, after)).toEqual(['ba', 'c', 'd', 'e']);
  expect(idsOf(index, 10, entry('e'))).toEqual([]);
  index.put(entry('a', 2, 'z@registrar.example'));
  expect(idsOf(index, 10)).toEqual(['ba', 'c', 'd', 'e', 'a']);
});

it('takes no earlier version of an account, and none of one that is gone', () => {
  const index = new DirectoryIndex();
  index.put(entry('a', 3, 'new@registrar.example'));
  index.put(entry('a', 2, 'old@registrar.example'));
  expect(index.find(everybody, 1)[0]?.emailKey).toBe('new@registrar.example');
  index.remove('a');
  index.put(entry('a', 4));
  expect([index.size, index.find(everybody, 1)]).toEqual([0, []]);
});

it('keeps a part of a name apart from the next', () => {
  const account = accountOf({ name: 'Ada', givenName: 'Bo', familyName: 'Cy', externalId: 'D1' });
  const found = (q: string) => matchOf({ q })(entryOf(stateOf(account)));
  expect(['ada', 'bo', 'cy', 'd1', 'AD C'].map(found)).toEqual([true, true, true, true, true]);
  expect(['adabo', 'cyada'].map(found)).toEqual([false, false]);
});
