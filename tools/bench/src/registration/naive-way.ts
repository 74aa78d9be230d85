import { setTimeout as delay } from 'node:timers/promises';
import { createTables } from '@registrar/dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { drawnId } from '@registrar/testing/random';
import type { PlannedUser } from '../dataset/dataset.ts';
import { enrollActions } from '../naive/enroll-actions.ts';
import { courseRows, naiveStore, semesterRow } from '../naive/naive-store.ts';
import type { StoreAddress } from '../seed/bench-store.ts';
import { Latencies } from '../load/latencies.ts';
import type { LatencySummary } from '../load/latencies.ts';
import type { RegistrationSize } from './gateway-way.ts';
import type { Way } from './way.ts';
import { alonePerSecond, narrowCapacity } from './way.ts';

/** Creates the naive way's tables, from the system's own definitions. */
export async function openNaiveStore(config: StoreAddress): Promise<Dynamo> {
  const store = naiveStore(config);
  const client = new DynamoDBClient({
    endpoint: config.DYNAMODB_ENDPOINT,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await createTables(client, [...store.tables.definitions]);
  client.destroy();
  await put(store, [semesterRow()]);
  return store;
}

function put(store: Dynamo, rows: readonly { table: string; put: Record<string, unknown> }[]): Promise<void> {
  return store.batchWrite(
    rows.map(({ table, put: item }) => ({ table: store.tables.name(table), put: item })),
  );
}

async function makeCourses(store: Dynamo, count: number, capacity: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => drawnId(Math.random, 'crs'));
  await put(
    store,
    ids.flatMap((courseId) => courseRows({ courseId, capacity })),
  );
  return ids;
}

/** The same courses for the same students, in the naive way's tables. */
export async function naiveWay(
  url: string,
  store: Dynamo,
  { tokens, users }: { tokens: readonly string[]; users: readonly PlannedUser[] },
  size: RegistrationSize,
): Promise<Way> {
  const [narrowCourse = ''] = await makeCourses(store, 1, narrowCapacity);
  return {
    url,
    tokens,
    wideCourses: await makeCourses(store, size.rushes, users.length),
    narrowCourse,
    spreadCourses: await makeCourses(store, size.spreadCourses, users.length),
    aloneCourses: await makeCourses(store, size.aloneCourses, users.length),
    async enrolledIn(courseId) {
      const table = store.tables.name('enrollments');
      const keys = users.map(({ id }) => ({ table, key: { id: `enr_${courseId.slice(4)}_${id.slice(4)}` } }));
      const rows = await store.batchGet(keys, { consistent: true });
      return new Set(rows.flatMap((row, student) => (row === undefined ? [] : [student])));
    },
  };
}

/**
 * Gets ready to measure the time that the five items of one enrollment take, written straight to the store: what comes
 * back measures it `count` times, at the pace of `oneByOne` and beside it.
 */
export async function bareTransactions(store: Dynamo, count: number): Promise<() => Promise<LatencySummary>> {
  const warmUps = 10 * count;
  const [courseId = ''] = await makeCourses(store, 1, warmUps + count);
  const one = async () => {
    const student = { version: 0, entries: [] };
    const userId = drawnId(Math.random, 'usr');
    const actions = enrollActions(store, { courseId, userId, key: `bare-${userId}`, student }, new Date());
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
