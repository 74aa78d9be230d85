/**
 * `npm run bench:profile`: where the apps spend their time under the mix. Each writes a V8 CPU profile (open it with
 * Chrome's developer tools) into `.local/bench-report/profiles`; the functions that took most are listed here. The
 * loading of data is not in it: the apps are restarted before the mix.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appNames, runCommand } from '@registrar/stack';
import { positive } from './options/bench-options.ts';
import { closed } from './phases/jobs.ts';
import { withBench } from './phases/measure.ts';
import { prepare, warmUp } from './phases/prepare.ts';
import { readProfile, selfTimes } from './profiles/self-times.ts';
import { workspaceRoot } from './script-path.ts';

const mostShown = 40;
const directory = join(workspaceRoot, '.local', 'bench-report', 'profiles');

await runCommand(async () => {
  const options = {
    scale: { type: 'string', default: '0.5' },
    seconds: { type: 'string', default: '30' },
  } as const;
  const { values } = parseArgs({ options });
  const [scale, seconds] = [positive('scale', values.scale), positive('seconds', values.seconds)];
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const pids = await withBench(
    'bench-profile',
    async ({ bench, generators: { main }, say }) => {
      const prepared = await prepare(bench, scale, say);
      await bench.restartCold();
      const restarted = bench.pids();
      await warmUp(bench, prepared, main);
      say(`the mix by 64 connections, ${seconds} s`);
      const { ratePerSecond, failed } = await main.runJob(closed(bench.url, prepared.shares, seconds));
      say(`${Math.round(ratePerSecond)} requests a second, ${failed} failed`);
      return restarted;
    },
    { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${directory}` },
  );
  for (const app of appNames) {
    const profile = readProfile(directory, pids[app] ?? 0);
    if (profile === undefined) continue;
    console.log(`${app}:`);
    for (const { name, share } of selfTimes(profile, seconds).slice(0, mostShown))
      console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${name}`);
  }
});
