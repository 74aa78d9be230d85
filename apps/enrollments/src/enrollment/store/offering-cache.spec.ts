import type { BatchKey, Dynamo } from '@registrar/dynamodb';
import { maxTransactActions } from '@registrar/dynamodb';
import { describe, expect, it } from 'vitest';
import { meeting, offeringOf, semesterRules } from '../testing/builders.ts';
import { OfferingCache } from './offering-cache.ts';
import { offeringItem } from './offering.codec.ts';

const ids = (count: number) => Array.from({ length: count }, (_, at) => `crs_${at}`);

/** A cache on a store with `count` courses, whose semester is at `scheduleVersion`, and the reads that it made. */
function caching(count: number, scheduleVersion: number | undefined) {
  const store = {
    scheduleVersion,
    offerings: new Map(ids(count).map((id) => [id, offeringOf(id)])),
  };
  const reads: number[] = [];
  const dynamo = {
    tables: { name: (table: string) => table },
    transactGet(keys: readonly BatchKey[]) {
      reads.push(keys.length);
      return Promise.resolve(
        keys.map(({ table, key }) => {
          if (table === 'semesters')
            return store.scheduleVersion && { id: key['id'], schedule_version: store.scheduleVersion };
          const offering = store.offerings.get(String(key['course_id']));
          return offering && offeringItem(offering);
        }),
      );
    },
  };
  return { cache: new OfferingCache(dynamo as unknown as Dynamo), store, reads };
}

describe('offerings in memory', () => {
  it('are read once for a schedule version, together with the semester', async () => {
    const { cache, reads } = caching(2, 4);
    for (let time = 0; time < 3; time += 1)
      expect([...(await cache.current(ids(2), semesterRules({ scheduleVersion: 4 }))).keys()]).toEqual(
        ids(2),
      );
    expect(reads).toEqual([3]);
  });

  it('are read again when any course of the semester has other times', async () => {
    const { cache, store, reads } = caching(1, 4);
    await cache.current(ids(1), semesterRules({ scheduleVersion: 4 }));
    const moved = offeringOf('crs_0', { meetings: [meeting('tue')], version: 2 });
    Object.assign(store, { scheduleVersion: 5, offerings: new Map([['crs_0', moved]]) });
    expect((await cache.current(ids(1), semesterRules({ scheduleVersion: 5 }))).get('crs_0')).toEqual(moved);
    expect(reads).toEqual([2, 2]);
  });

  it('are known to be current at the schedule version that they were read with, not at the one that was asked for', async () => {
    const { cache, reads } = caching(1, 6);
    for (const scheduleVersion of [4, 5, 6]) await cache.current(ids(1), semesterRules({ scheduleVersion }));
    expect(reads).toEqual([2]);
    await cache.current(ids(1), semesterRules({ scheduleVersion: 7 }));
    expect(reads).toEqual([2, 2]);
  });

  it('are believed in no semester that is not known yet, for it counts no changes', async () => {
    const { cache, reads } = caching(1, undefined);
    for (let time = 0; time < 2; time += 1)
      await cache.current(ids(1), semesterRules({ version: 0, scheduleVersion: 0 }));
    expect(reads).toEqual([2, 2]);
  });

  it('are read in as many transactions as they need', async () => {
    const { cache, reads } = caching(250, 1);
    expect((await cache.current(ids(250), semesterRules())).size).toBe(250);
    expect(reads).toEqual([maxTransactActions, maxTransactActions, 53]);
  });
});
