import { setTimeout as delay } from 'node:timers/promises';
import type { Dynamo } from '@registrar/dynamodb';
import { drawnId } from '@registrar/testing/random';
import { Latencies } from '../load/latencies.ts';
import type { LatencySummary } from '../load/latencies.ts';
import { enrollActions, enrollmentId } from '../naive/enroll-actions.ts';
import { storeCourses, storeSemester } from '../naive/naive-store.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { createStore, tablesOf } from '../seed/bench-store.ts';
import type { RegistrationSize, Students, Way } from './way.ts';
import { alonePerSecond, makeCourses } from './way.ts';

/** Creates the naive way's tables, from the system's own definitions, and its semester. */
export async function createNaiveStore(address: StoreAddress): Promise<Dynamo> {
  const store = await createStore('enrollments', tablesOf('enrollments'), address);
  await storeSemester(store);
  return store;
}

/** The same courses for the same students, in the naive way's tables. */
export async function naiveWay(
  url: string,
  store: Dynamo,
  students: Students,
  size: RegistrationSize,
): Promise<Way> {
  const make = async (_: string, count: number, capacity: number) => {
    const ids = Array.from({ length: count }, () => drawnId(Math.random, 'crs'));
    await storeCourses(store, ids, capacity);
    return ids;
  };
  return {
    url,
    tokens: students.tokens,
    ...(await makeCourses(size, make)),
    async enrolledIn(courseId) {
      const keys = students.users.map(({ id: userId }) => ({ id: enrollmentId({ courseId, userId }) }));
      return (await store.getAll('enrollments', keys)).length;
    },
  };
}

/**
 * Prepares to measure the time that the five items of one enrollment take, written straight to the store. The function
 * that it resolves with measures it `count` times, at the pace of `runWay`'s single enrollments and between them.
 */
export async function bareTransactions(store: Dynamo, count: number): Promise<() => Promise<LatencySummary>> {
  const warmUps = 10 * count;
  const courseId = drawnId(Math.random, 'crs');
  await storeCourses(store, [courseId], warmUps + count);
  const one = async () => {
    const request = { courseId, userId: drawnId(Math.random, 'usr'), key: drawnId(Math.random, 'bare') };
    const actions = enrollActions(store, request, { version: 0, entries: [] }, new Date());
    const startedAtMs = performance.now();
    await store.transact(actions);
    return performance.now() - startedAtMs;
  };
  for (let index = 0; index < warmUps; index += 1) await one();
  return async () => {
    const latencies = new Latencies();
    // Between two enrollments, so that neither waits for the other.
    await delay(500 / alonePerSecond);
    for (let index = 0; index < count; index += 1) {
      const tookMs = await one();
      latencies.addLatency(tookMs);
      await delay(1_000 / alonePerSecond - tookMs);
    }
    return latencies.summary();
  };
}
