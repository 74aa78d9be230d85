import { makeDataset } from '../dataset/dataset.ts';
import type { PlannedUser } from '../dataset/dataset.ts';
import { startGenerator } from '../load/start-generator.ts';
import type { Generator } from '../load/start-generator.ts';
import { BenchSystem } from '../phases/bench-system.ts';
import type { Say } from '../phases/say.ts';
import { startChildServer } from '../start-child-server.ts';
import { gatewayWay } from './gateway-way.ts';
import type { LatencySummary } from '../load/latencies.ts';
import type { RegistrationSize } from './gateway-way.ts';
import { bareTransactions, naiveWay, openNaiveStore } from './naive-way.ts';
import { PublishWatch } from './publish-watch.ts';
import type { RegistrationResult } from './scenario-result.ts';
import { rush, runWay } from './way.ts';
import { rushesWithoutQueue } from './without-queue.ts';

const wholeSize: RegistrationSize = { students: 600, spreadCourses: 200, rushes: 3, aloneCourses: 2 };
const quickSize: RegistrationSize = { students: 60, spreadCourses: 20, rushes: 1, aloneCourses: 2 };
const aloneCount = 150;

/** Runs the registration comparison on systems of its own. */
export async function runRegistration(quick: boolean, say: Say): Promise<RegistrationResult> {
  const size = quick ? quickSize : wholeSize;
  const users = makeDataset(size.students / 2_000, new Date()).users;
  const generator = await startGenerator();
  try {
    const both = await runBothWays(users, size, quick ? 50 : aloneCount, generator, say);
    say('through the gateway, without the queue');
    return { ...both, withoutQueue: await rushesWithoutQueue(users, size.rushes, generator) };
  } finally {
    await generator.stop();
  }
}

async function runBothWays(
  users: readonly PlannedUser[],
  size: RegistrationSize,
  count: number,
  generator: Generator,
  say: Say,
): Promise<Omit<RegistrationResult, 'withoutQueue'>> {
  const bench = await BenchSystem.start('bench-registration');
  try {
    say(`${size.students} students, ${size.spreadCourses} courses`);
    const way = await gatewayWay(bench, users, size);
    const rest = () => bench.untilIdle();
    const config = { ...bench.store, TABLE_PREFIX: `${bench.store.TABLE_PREFIX}naive_` };
    const store = await openNaiveStore(config);
    const measureBare = await bareTransactions(store, count);
    await rest();
    say('through the gateway, and beside one enrollment at a time its transaction by itself');
    const watch = new PublishWatch(bench);
    const bare: LatencySummary[] = [];
    const gateway = await runWay(way, generator, count, (name, work) =>
      watch.part(name, async () => {
        const beside =
          name === 'alone' ? measureBare().then((latencies) => void bare.push(latencies)) : undefined;
        const [result] = await Promise.all([work(), beside]);
        return result;
      }),
    );
    const published = watch.published();
    say('through the gateway, with notifications halted');
    bench.system.kill('notifications', 0, 'SIGSTOP');
    const unfollowed = await rush(way, way.spareCourse, users.length, generator).finally(() =>
      bench.system.kill('notifications', 0, 'SIGCONT'),
    );
    await rest();
    say('the naive way');
    const server = await startChildServer('naive/server', config);
    const naive = await runWay(
      await naiveWay(server.url, store, { tokens: way.tokens, users }, size),
      generator,
      count,
      (_, work) => work().finally(rest),
    ).finally(() => server.stop());
    store.close();
    return {
      students: users.length,
      courses: size.spreadCourses,
      gateway,
      naive,
      unfollowed,
      bareTransactionMs: bareFigures(bare[0]),
      published,
    };
  } finally {
    await bench.stop();
  }
}

function bareFigures(latencies: LatencySummary | undefined): RegistrationResult['bareTransactionMs'] {
  if (!latencies) throw new Error('The transaction by itself was not measured.');
  const { p50Ms, p95Ms, averageMs } = latencies;
  return { p50: p50Ms, p95: p95Ms, average: averageMs };
}
