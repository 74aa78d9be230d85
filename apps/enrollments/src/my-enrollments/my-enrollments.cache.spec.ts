import type { Caches, UpdateOutcome } from '@registrar/cache';
import { describe, expect, it } from 'vitest';
import { MyEnrollmentsCache } from './my-enrollments.cache.ts';
import type { OwnChange } from './my-enrollments.cache.ts';
import type { MyEnrollmentsRepository } from './my-enrollments.repository.ts';

function setUp(outcome: UpdateOutcome) {
  const invalidated: Record<string, number>[] = [];
  const cache = {
    update: () => Promise.resolve(outcome),
    invalidate: (_key: string, versions: Record<string, number>) => {
      invalidated.push(versions);
      return Promise.resolve(true);
    },
  };
  const caches = { create: () => cache } as unknown as Caches;
  return { own: new MyEnrollmentsCache(caches, {} as MyEnrollmentsRepository), invalidated };
}

const draft = (version: number): OwnChange => ({
  userId: 'usr_1',
  now: { semesterId: 'fall', version },
  changes: [],
});

describe('MyEnrollmentsCache', () => {
  it('writes nothing to Redis for an event whose commit it wrote itself', async () => {
    const { own, invalidated } = setUp('patched');
    await own.changed(draft(3));
    for (const version of [2, 3]) expect(await own.forget('usr_1', 'fall', version)).toBe(true);
    expect(invalidated).toEqual([]);
  });

  it('tells it of the commits of others, of other semesters and of other students', async () => {
    const { own, invalidated } = setUp('patched');
    await own.changed(draft(3));
    await own.forget('usr_1', 'fall', 4);
    await own.forget('usr_1', 'spring', 1);
    await own.forget('usr_2', 'fall', 1);
    expect(invalidated).toEqual([{ fall: 4 }, { spring: 1 }, { fall: 1 }]);
  });

  it('writes it again where Redis could not be updated', async () => {
    const { own, invalidated } = setUp('owed');
    await own.changed(draft(3));
    await own.forget('usr_1', 'fall', 3);
    expect(invalidated).toEqual([{ fall: 3 }]);
  });
});
