import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { keys } from '../keys/cache-keys.ts';
import { CachedBody } from '../record/cached-body.ts';
import type { CacheRecord, LevelRead, PutOutcome } from '../record/cache-record.ts';
import { dominates, vectorOf, type Versions } from '../versions/version-vector.rules.ts';
import type { LevelUnderTest } from './level-under-test.ts';

/** One promise of a level, and the check that finds it broken. */
export interface LevelPromise {
  readonly name: string;
  check(subject: LevelUnderTest): Promise<void>;
}

const key = keys('suite', { thing: 'thing:{id}' }).thing({ id: 'a:b' });
const hourMs = 3_600_000;

/** A record of these versions whose body says so. */
function recordOf(
  subject: LevelUnderTest,
  versions: Versions,
  body?: Uint8Array | string | null,
): CacheRecord {
  const vector = vectorOf(versions);
  const bytes = body === undefined ? JSON.stringify(vector) : body;
  return {
    versions: vector,
    body: bytes === null ? undefined : CachedBody.of(bytes),
    freshUntil: subject.now() + hourMs,
  };
}

async function read(subject: LevelUnderTest): Promise<LevelRead> {
  return subject.level.read(key);
}

/** What is read is of these versions, or nothing; never a body of other versions than it says. */
async function holds(subject: LevelUnderTest, versions: Versions | undefined): Promise<void> {
  const { record } = await read(subject);
  deepEqual(record && { ...record.versions }, versions === undefined ? undefined : { ...vectorOf(versions) });
  if (record?.body) deepEqual(JSON.parse(record.body.bytes.toString()), { ...record.versions });
}

async function put(subject: LevelUnderTest, versions: Versions): Promise<PutOutcome> {
  const { mark } = await subject.level.read(key, { shared: true });
  return (await subject.level.put(key, recordOf(subject, versions), mark)).outcome;
}

async function invalidate(subject: LevelUnderTest, versions: Versions): Promise<void> {
  equal(await subject.level.invalidate(key, vectorOf(versions)), true);
}

/** What a level keeps, and gives back. */
export const keeping: readonly LevelPromise[] = [
  {
    name: 'reads as empty at first, knowing nothing',
    async check(subject) {
      const found = await read(subject);
      equal(found.record, undefined);
      deepEqual({ ...found.floor }, {});
      equal(found.blind, false);
    },
  },
  {
    name: 'gives back the bytes, tag, versions and time that were put',
    async check(subject) {
      const bytes = Buffer.from([0, 10, 13, 255, 32, 10, 61]);
      const record = recordOf(subject, { 'fall 2026,=\n': 3, v: 9_007_199_254_740_991 }, bytes);
      const { mark } = await subject.level.read(key, { shared: true });
      equal((await subject.level.put(key, record, mark)).outcome, 'stored');
      const found = (await read(subject)).record;
      ok(found?.body);
      deepEqual(found.body.bytes, bytes);
      equal(found.body.tag, record.body?.tag);
      deepEqual({ ...found.versions }, { ...record.versions });
      equal(found.freshUntil, record.freshUntil);
    },
  },
  {
    name: 'keeps an empty body, and the knowledge that a thing is missing, apart',
    async check(subject) {
      const { mark } = await subject.level.read(key, { shared: true });
      await subject.level.put(key, recordOf(subject, {}, null), mark);
      const missing = (await read(subject)).record;
      ok(missing);
      equal(missing.body, undefined);
      await subject.level.put(key, recordOf(subject, 1, ''), subject.level.mark());
      equal((await read(subject)).record?.body?.bytes.length, 0);
    },
  },
  {
    name: 'keeps an expired record for 60 s, for the case that the source fails, and no longer',
    async check(subject) {
      await put(subject, 1);
      await subject.elapse(hourMs + 55_000, [key]);
      const expired = (await read(subject)).record;
      ok(expired && expired.freshUntil < subject.now());
      await subject.elapse(10_000, [key]);
      await holds(subject, undefined);
    },
  },
];

/** What may replace what. */
export const replacing: readonly LevelPromise[] = [
  {
    name: 'lets a newer record replace an older one, and the same version renew it',
    async check(subject) {
      equal(await put(subject, 1), 'stored');
      equal(await put(subject, 1), 'stored');
      equal(await put(subject, 2), 'stored');
      await holds(subject, 2);
    },
  },
  {
    name: 'never lets an older record replace a newer one',
    async check(subject) {
      await put(subject, 10);
      equal(await put(subject, 9), 'older');
      await holds(subject, 10);
    },
  },
  {
    name: 'never lets a load that began before a write overwrite what the write put',
    async check(subject) {
      const { mark } = await subject.level.read(key, { shared: true });
      await put(subject, 2);
      equal((await subject.level.put(key, recordOf(subject, 1), mark)).outcome, 'older');
      await holds(subject, 2);
    },
  },
  {
    name: 'counts a component that a record does not name as not seen',
    async check(subject) {
      await put(subject, { fall: 3, spring: 1 });
      equal(await put(subject, { fall: 3 }), 'older');
      equal(await put(subject, { fall: 3, spring: 1, summer: 1 }), 'stored');
    },
  },
  {
    name: 'serves neither of two records that each know something the other does not',
    async check(subject) {
      await put(subject, { fall: 2, spring: 1 });
      equal(await put(subject, { fall: 1, spring: 2 }), 'conflict');
      await holds(subject, undefined);
      ok(dominates((await read(subject)).floor, { fall: 2, spring: 2 }));
      equal(await put(subject, { fall: 2, spring: 1 }), 'older');
      equal(await put(subject, { fall: 2, spring: 2 }), 'stored');
      await holds(subject, { fall: 2, spring: 2 });
    },
  },
];

/** What a tombstone forbids. */
export const invalidating: readonly LevelPromise[] = [
  {
    name: 'serves nothing that does not know the write, and names what is known',
    async check(subject) {
      await put(subject, 1);
      await invalidate(subject, 2);
      await holds(subject, undefined);
      deepEqual({ ...(await read(subject)).floor }, { v: 2 });
    },
  },
  {
    name: 'refuses a load that began before the write, with the invalidation in between',
    async check(subject) {
      const { mark } = await subject.level.read(key, { shared: true });
      await invalidate(subject, 2);
      notEqual((await subject.level.put(key, recordOf(subject, 1), mark)).outcome, 'stored');
      await holds(subject, undefined);
    },
  },
  {
    name: 'takes what knows the write',
    async check(subject) {
      await invalidate(subject, 2);
      equal(await put(subject, 2), 'stored');
      await holds(subject, 2);
    },
  },
  {
    name: 'leaves a record that knows the write already',
    async check(subject) {
      await put(subject, 3);
      await invalidate(subject, 2);
      await invalidate(subject, 3);
      await holds(subject, 3);
    },
  },
  {
    name: 'merges tombstones, and what a record knew',
    async check(subject) {
      await put(subject, { summer: 7 });
      await invalidate(subject, { fall: 2 });
      await invalidate(subject, { spring: 3, fall: 1 });
      deepEqual({ ...(await read(subject)).floor }, { fall: 2, spring: 3, summer: 7 });
      equal(await put(subject, { fall: 2, spring: 2, summer: 7 }), 'older');
      equal(await put(subject, { fall: 2, spring: 3, summer: 7 }), 'stored');
    },
  },
  {
    name: 'remembers a tombstone for 29 of its 30 s, and not for ever',
    async check(subject) {
      await invalidate(subject, 5);
      await subject.elapse(29_000, [key]);
      equal(await put(subject, 4), 'older');
      await subject.elapse(2_000, [key]);
      equal(await put(subject, 4), 'stored');
    },
  },
  {
    name: 'refuses a load that took longer than any load may',
    async check(subject) {
      const { mark } = await subject.level.read(key, { shared: true });
      await subject.elapse(16_000, [key]);
      equal((await subject.level.put(key, recordOf(subject, 1), mark)).outcome, 'refused');
      await holds(subject, undefined);
    },
  },
];

/** What holds after a lost connection. */
export const recovering: readonly LevelPromise[] = [
  {
    name: 'serves nothing from before it was made void',
    async check(subject) {
      await put(subject, 1);
      await subject.makeVoid();
      await holds(subject, undefined);
      equal(await put(subject, 1), 'stored');
      await holds(subject, 1);
    },
  },
  {
    name: 'refuses what was read before it was made void',
    async check(subject) {
      const { mark } = await subject.level.read(key, { shared: true });
      await subject.makeVoid();
      await read(subject);
      equal((await subject.level.put(key, recordOf(subject, 1), mark)).outcome, 'refused');
      await holds(subject, undefined);
    },
  },
];
