/**
 * `npm run bench:profile`: where the apps spend their time under the mix. Each writes a V8 CPU profile (open it with
 * Chrome's developer tools) into `.local/bench-report/profiles`; the functions that took most are listed here. The
 * loading of data is not in it: the apps are restarted before the mix.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appNames, runCommand } from '@registrar/stack';
import { startGenerator } from './load/start-generator.ts';
import { warmUpList } from './mix/mix.ts';
import { profileOptions } from './options/bench-options.ts';
import { BenchSystem } from './phases/bench-system.ts';
import { closed, once } from './phases/jobs.ts';
import { prepare } from './phases/prepare.ts';
import { timedSay } from './phases/say.ts';
import { readProfile, selfTimes } from './profiles/self-times.ts';
import { workspaceRoot } from './script-path.ts';

const mostShown = 40;
const directory = join(workspaceRoot, '.local', 'bench-report', 'profiles');

await runCommand(async () => {
  const { scale, seconds } = profileOptions(process.argv.slice(2));
  const say = timedSay();
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });

  const bench = await BenchSystem.start('bench-profile', {
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${directory}`,
  });
  const generator = await startGenerator();
  const pids: Record<string, number> = {};
  try {
    const { shares } = await prepare(bench, scale, say);
    await bench.untilIdle();
    await bench.restartCold();
    for (const app of appNames) pids[app] = bench.system.instances(app)[0]?.pid ?? 0;
    await generator.runJob(once(bench.url, warmUpList(shares), 32));
    say(`the mix by 64 connections, ${seconds} s`);
    const { ratePerSecond, failed } = await generator.runJob(closed(bench.url, shares, seconds));
    say(`${Math.round(ratePerSecond)} requests a second, ${failed} failed`);
  } finally {
    await generator.stop();
    await bench.stop();
  }
  for (const app of appNames) {
    const profile = readProfile(directory, pids[app] ?? 0);
    if (profile === undefined) continue;
    say(`${app}:`);
    for (const { name, share } of selfTimes(profile, seconds).slice(0, mostShown))
      process.stdout.write(`${(share * 100).toFixed(1).padStart(6)} %  ${name}\n`);
  }
});
