/**
 * `node tools/bench/dist/bundle-trials.js`: trials of how change sets over several courses take their turns, under the
 * rush of `bundleRushes`, on one system and by turns. Prints its figures and writes nothing.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand } from '@registrar/stack';
import { turnsFileVariable } from './naive/set-turns.ts';
import type { Turns } from './naive/set-turns.ts';
import { timedSay } from './phases/say.ts';
import { duration, figure, tableOf } from './report/format.ts';
import { median } from './report/verdicts.rules.ts';
import { summaryOf, withBundles } from './sections/bundle-rushes.ts';
import type { BundleRush } from './sections/sections-result.ts';
import { scriptPath } from './script-path.ts';

const plans: Record<Turns, string> = {
  free: 'without a queue: free tries only',
  home: 'no free try: in turn of the first course, one by one',
  alone: '2 free tries, then in turn, one by one',
  own: 'as the service does it: the first of them tried free, the others in turn, together',
};

function tableOfTrials(trials: readonly (readonly [Turns, readonly BundleRush[]])[]): string {
  const of = (pick: (rush: BundleRush) => number) => (trial: (typeof trials)[number]) =>
    median(trial[1].map(pick));
  return tableOf(trials, {
    plan: ([plan]) => plans[plan],
    'answered in 10 s': (trial) => String(of((rush) => rush.answeredInTime)(trial)),
    'answered 503': (trial) => String(of((rush) => rush.unavailable)(trial)),
    taken: (trial) => String(of((rush) => rush.taken)(trial)),
    'taken/s': (trial) => figure(of((rush) => rush.taken / rush.load.seconds)(trial)),
    p50: (trial) => duration(of((rush) => rush.load.latency.p50Ms)(trial)),
    p99: (trial) => duration(of((rush) => rush.load.latency.p99Ms)(trial)),
    transactions: (trial) => String(of((rush) => rush.transactions)(trial)),
    'CPU of the service and the store': (trial) =>
      `${figure(of(({ cpuSeconds }) => cpuSeconds.enrollments + cpuSeconds.dynamodb)(trial))} s`,
  });
}

await runCommand(async () => {
  const { instances, students, rounds } = parseArgs({
    options: {
      instances: { type: 'string', default: '1' },
      students: { type: 'string', default: '600' },
      rounds: { type: 'string', default: '3' },
    },
  }).values;
  const say = timedSay();
  const file = join(mkdtempSync(join(tmpdir(), 'turns-')), 'turns');
  const preload = pathToFileURL(scriptPath('naive/set-turns.preload')).href;
  const env = { NODE_OPTIONS: `--import=${preload}`, [turnsFileVariable]: file };
  const order: readonly Turns[] = ['own', 'alone', 'home', 'free'];
  const results = new Map(order.map((plan): [Turns, BundleRush[]] => [plan, []]));
  const options = { students: Number(students), instances: Number(instances), others: false, env };
  await withBundles(options, async (rush) => {
    const once = async (plan: Turns) => {
      writeFileSync(file, plan);
      const result = await rush();
      say(`${plan}: ${summaryOf(result)}`);
      return result;
    };
    await once('own');
    for (let round = 0; round < Number(rounds); round += 1) {
      for (const plan of order) results.get(plan)?.push(await once(plan));
    }
  });
  say(`\n${tableOfTrials([...results])}`);
});
