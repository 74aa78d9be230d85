import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userUpdated } from './events.ts';
import { externalId, patchUserRequest, usersQuery } from './http.ts';
import { internalUserQuery } from './internal.ts';

describe('an external id', () => {
  it.each(['1', '20261042', 'M-2026/17', 'a b', 'Jørgen', '学生42', '🎓', "o'neil@dept", 'x'.repeat(64)])(
    'may be %s',
    (id) => expect(externalId.parse(id)).toBe(id),
  );

  it.each([
    '',
    ' ',
    ' 42',
    '42 ',
    '4\t2',
    '4\n2',
    '42\n',
    '4\u00002',
    '4\u007f2',
    '\u00a042',
    '4\u00a02',
    '4\u20032',
    '4\u200b2',
    '4\u202e2',
    '4\u20282',
    '4\u00ad2',
    '\ufeff42',
    '4\ud8002',
    'x'.repeat(65),
  ])('is not %j', (id) => expect(externalId.safeParse(id).success).toBe(false));

  it('is taken as it is, or not at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        const { success, data } = externalId.safeParse(text);
        if (!success) return;
        expect(data).toBe(text);
        expect(text.trim()).toBe(text);
        expect(text.length).toBeLessThanOrEqual(64);
        expect(text.isWellFormed()).toBe(true);
        expect(encodeURIComponent(text)).not.toMatch(/%[01]./);
      }),
    );
  });
});

it('a change of a user names a field at least, and none that it does not have', () => {
  expect(patchUserRequest.parse({ name: ' Ada ' })).toEqual({ name: 'Ada' });
  expect(patchUserRequest.parse({ externalId: null })).toEqual({ externalId: null });
  for (const body of [{}, { name: null }, { roles: ['admin'] }, { externalId: '' }])
    expect(patchUserRequest.safeParse(body).success).toBe(false);
});

it('users are searched by an email, by an external id or by neither; another service names one', () => {
  for (const query of [{}, { email: 'a@x.co' }, { externalId: '42' }])
    expect(usersQuery.safeParse(query).success).toBe(true);
  const both = { email: 'a@x.co', externalId: '42' };
  expect(usersQuery.safeParse(both).success).toBe(false);
  for (const query of [{}, both]) expect(internalUserQuery.safeParse(query).success).toBe(false);
});

it('an event of a user may lack it, as those from before there were external ids do', () => {
  const user = { id: 'usr_a', email: 'a@x.co', name: 'Ada', roles: ['student'], version: 1 };
  const old = { actorId: 'usr_a', user: { ...user, createdAt: '2026-01-01T00:00:00.000Z' } };
  for (const more of [{}, { externalId: null }, { externalId: '42' }]) {
    const data = { ...old, user: { ...old.user, ...more } };
    expect(userUpdated.schema.parse(data)).toEqual(data);
  }
});
