import { makeDataset } from '../dataset/dataset.ts';
import type { PlannedUser } from '../dataset/dataset.ts';
import { startChildServer } from '../child-process.ts';
import type { LatencySummary } from '../load/latencies.ts';
import { startGenerator } from '../load/start-generator.ts';
import type { Generator } from '../load/start-generator.ts';
import { BenchSystem } from '../phases/bench-system.ts';
import type { Say } from '../phases/say.ts';
import { gatewayWay } from './gateway-way.ts';
import { bareTransactions, createNaiveStore, naiveWay } from './naive-way.ts';
import { PublishWatch } from './publish-watch.ts';
import type { RegistrationResult } from './scenario-result.ts';
import type { RegistrationSize } from './way.ts';
import { rush, runWay } from './way.ts';
import { judgedCost } from './judged-way.ts';
import { rushesWithoutQueue } from './without-queue.ts';

const wholeSize: RegistrationSize = { students: 600, spreadCourses: 200, rushes: 3, aloneCourses: 2 };
const quickSize: RegistrationSize = { students: 60, spreadCourses: 20, rushes: 1, aloneCourses: 2 };

/** Runs the registration comparison on systems of its own. */
export async function runRegistration(quick: boolean, say: Say): Promise<RegistrationResult> {
  const size = quick ? quickSize : wholeSize;
  const users = makeDataset(size.students / 2_000, new Date()).users;
  const generator = await startGenerator();
  try {
    const bench = await BenchSystem.start('bench-registration');
    const both = await runBothWays({ bench, generator, say }, users, size, quick ? 50 : 150).finally(() =>
      bench.stop(),
    );
    say('through the gateway, without the queue');
    return { ...both, withoutQueue: await rushesWithoutQueue(users, size.rushes, generator) };
  } finally {
    await generator.stop();
  }
}

async function runBothWays(
  { bench, generator, say }: { bench: BenchSystem; generator: Generator; say: Say },
  users: readonly PlannedUser[],
  size: RegistrationSize,
  aloneCount: number,
): Promise<Omit<RegistrationResult, 'withoutQueue'>> {
  say(`${size.students} students, ${size.spreadCourses} courses`);
  const way = await gatewayWay(bench, users, size);
  const address = { ...bench.store, TABLE_PREFIX: `${bench.store.TABLE_PREFIX}naive_` };
  const store = await createNaiveStore(address);
  const measureBare = await bareTransactions(store, aloneCount);
  await bench.untilIdle();
  say('through the gateway, and beside one enrollment at a time its transaction by itself');
  const watch = new PublishWatch(bench);
  const bare: LatencySummary[] = [];
  const gateway = await runWay(way, generator, aloneCount, (name, work) =>
    watch.part(name, async () => {
      const beside = name === 'alone' ? measureBare().then((latencies) => bare.push(latencies)) : undefined;
      const [result] = await Promise.all([work(), beside]);
      return result;
    }),
  );
  say('through the gateway, with notifications halted');
  bench.system.kill('notifications', 0, 'SIGSTOP');
  const unfollowed = await rush(way, way.spareCourse, generator).finally(() =>
    bench.system.kill('notifications', 0, 'SIGCONT'),
  );
  await bench.untilIdle();
  say('through the gateway, CPU for a seat');
  const judged = await judgedCost({ bench, generator, say, users, way }, 2 * size.rushes);
  say('the naive way');
  const server = await startChildServer('naive/server', address);
  const ofNaive = await naiveWay(server.url, store, { tokens: way.tokens, users }, size);
  const naive = await runWay(ofNaive, generator, aloneCount, (_, work) =>
    work().finally(() => bench.untilIdle()),
  ).finally(() => server.stop());
  store.close();
  const [measured] = bare;
  if (!measured) throw new Error('The transaction by itself was not measured.');
  return {
    students: users.length,
    courses: size.spreadCourses,
    gateway,
    naive,
    unfollowed,
    bareTransactionMs: { p50: measured.p50Ms, p95: measured.p95Ms, average: measured.averageMs },
    published: watch.published(),
    judged,
  };
}
