/**
 * `npm test`: every check and every test of the workspace, on backing services of its own.
 *
 * The last line is `N passed, N failed`; the exit code is 0 only without a failure.
 */
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { downCommand } from './backing/compose.ts';
import type { Backing } from './backing/part.ts';
import { pickBackingPorts } from './backing/ports.ts';
import { planBacking, startBacking } from './backing/start-backing.ts';
import { Launch } from './process/launch.ts';
import { endOrphans } from './process/orphans.ts';
import { npmGone } from './process/npm-watch.ts';
import type { Run } from './process/run.ts';
import { RunClosed } from './process/run.ts';
import { stopRequest } from './process/stop-request.ts';
import { clearOldRuns } from './suite/old-runs.ts';
import {
  compilePhase,
  formatPhase,
  lintPhase,
  nxPhase,
  portalPhase,
  runPhases,
  testPhase,
  typedLintPhase,
} from './suite/phase.ts';
import { readReports, removeReports } from './suite/reports.ts';
import { slowestFiles, sumUp } from './suite/results.ts';
import { nicenessVariable } from './process/child.ts';
import { messageOf, StackFault } from './stack-fault.ts';
import { runCommand, since, standardTerminal } from './terminal.ts';
import { workspaceRoot } from './workspace.ts';

const graceMs = 10_000;
// Tests wait for stores and mails, beside other tests.
process.env[nicenessVariable] = 'off';
const slowestShown = 10;

async function startOwnBacking(launch: Launch): Promise<Backing> {
  const plan = await planBacking(process.env);
  const composed = Object.values(plan.sources).includes('compose');
  const { run } = launch;
  launch.watch({
    remove: [run.directory],
    cleanUp: composed ? [downCommand(run.directory, false)] : [],
  });
  const options = { run, keepsData: false, terminal: standardTerminal, env: process.env };
  return startBacking(plan, await pickBackingPorts('free'), options);
}

/** What all others need: what is compiled, and the portal. */
const builds = [compilePhase(), portalPhase()];

/** What needs no backing services: two rows of phases side by side. */
const checks = [
  [testPhase('unit tests', 'test'), testPhase('page tests', 'page')],
  [nxPhase('folder rules', 'arrows'), formatPhase(), lintPhase(), typedLintPhase()],
];

/** Runs the tests of a kind on the backing services, whose addresses are in the environment. */
async function runOnBacking(run: Run, backing: Promise<Backing>, title: string, kind: string) {
  try {
    const { addresses } = await backing;
    const env = { ...addresses, REGISTRAR_APPS_BUILT: 'true' };
    return await runPhases(run, [testPhase(title, kind, env)], standardTerminal);
  } catch (error) {
    if (error instanceof RunClosed) throw error;
    if (error instanceof StackFault) for (const line of error.lines) standardTerminal.warn(line);
    else standardTerminal.warn(messageOf(error));
    return [kind];
  }
}

/** Runs everything, whatever fails; resolves with the tasks that failed. Tests on backing services run alone. */
async function runAll(launch: Launch): Promise<string[]> {
  const { run } = launch;
  const backing = startOwnBacking(launch);
  backing.catch(() => undefined); // shown by the first phase that needs it
  const failed = await runPhases(run, builds, standardTerminal);
  const rows = checks.map((phases) => runPhases(run, phases, standardTerminal));
  failed.push(...(await Promise.all(rows)).flat());
  failed.push(...(await runOnBacking(run, backing, 'integration tests', 'integration')));
  failed.push(...(await runOnBacking(run, backing, 'end-to-end tests', 'e2e')));
  const started = await backing.catch(() => undefined);
  await started?.stop();
  return failed;
}

await runCommand(async () => {
  if (process.argv.length > 2)
    throw new StackFault(
      'npm test runs everything and takes no arguments; README.md says how to run a part.',
    );
  const startedAtMs = performance.now();
  const asked = Promise.race([stopRequest(() => process.exit(1)), npmGone()]);
  let reason = '';
  void asked.then((why) => (reason = why));
  await clearOldRuns(/^test-\d+$/);
  const launch = await Launch.acquire(`test-${process.pid}`);
  removeReports();
  const failed = await Promise.race([runAll(launch), asked.then(() => undefined)]);
  await launch.run.close(graceMs);
  await endOrphans({ runId: launch.run.runId });
  rmSync(launch.run.directory, { recursive: true, force: true });
  launch.end();
  if (failed === undefined) throw new StackFault(`The tests were stopped before their end (${reason}).`);
  const reports = readReports();
  const sum = sumUp(reports, failed);
  for (const failure of sum.failures) standardTerminal.info(`failed: ${failure}`);
  standardTerminal.info('The slowest test files:');
  for (const { name, seconds } of slowestFiles(reports.values(), slowestShown))
    standardTerminal.info(`${seconds.toFixed(1).padStart(7)} s  ${relative(workspaceRoot, name)}`);
  standardTerminal.info(`Everything ran ${since(startedAtMs)}`);
  standardTerminal.info(`${sum.passed} passed, ${sum.failed} failed`);
  if (sum.failed > 0) process.exitCode = 1;
});
