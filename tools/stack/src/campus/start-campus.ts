import { join } from 'node:path';
import { Child, backgroundNiceness, exitText } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { until } from '../process/wait.ts';
import { StackFault } from '../stack-fault.ts';
import { scriptPath } from '../workspace.ts';
import { campusUrl, campusVariable } from './settings.ts';
import type { CampusSettings } from './settings.ts';

const startTimeoutMs = 30_000;

/**
 * Starts the local provider of OpenID Connect as a process of the run, and waits until it answers.
 *
 * Failure: rejects with a StackFault that names its log.
 */
export async function startCampus(run: Run, settings: CampusSettings): Promise<Child> {
  const logFile = join(run.directory, 'logs', 'campus.log');
  const child = await Child.start(run, {
    role: 'campus',
    command: process.execPath,
    args: [scriptPath('campus/main')],
    env: { PATH: process.env['PATH'], [campusVariable]: JSON.stringify(settings) },
    cwd: run.directory,
    logFile,
    niceness: backgroundNiceness,
  });
  const url = `${campusUrl(settings)}/.well-known/openid-configuration`;
  const answers = async () => child.exit !== undefined || (await isGood(url));
  const isUp = await until(answers, { timeoutMs: startTimeoutMs });
  if (isUp && child.exit === undefined) return child;
  const why = child.exit ? exitText(child.exit) : 'does not answer';
  throw new StackFault(`The local provider of sign-ins ${why}; its log is ${logFile}.`);
}

async function isGood(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}
