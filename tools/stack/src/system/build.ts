import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Child } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { StackFault } from '../stack-fault.ts';
import type { Terminal } from '../terminal.ts';
import { since } from '../terminal.ts';
import { workspaceRoot } from '../workspace.ts';
import { appNames } from './app-names.ts';

const lastLinesShown = 30;

/**
 * The environment for Nx: this Node and the workspace's programs first on the PATH, no process that stays
 * behind, plain output.
 */
export function nxEnvironment(env: Readonly<Record<string, string | undefined>>) {
  const programs = join(workspaceRoot, 'node_modules', '.bin');
  return {
    ...env,
    PATH: [programs, env['PATH'] ?? ''].join(delimiter),
    NX_DAEMON: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  };
}

/** The program of Nx, to be run by Node. */
export const nxProgram: string = join(workspaceRoot, 'node_modules', '.bin', 'nx');

/**
 * Builds the apps, what they are made of, and the portal; Nx takes from its cache what has not changed.
 *
 * @throws StackFault with the end of what the build said
 */
export async function buildApps(run: Run, terminal: Terminal): Promise<void> {
  const startedAtMs = performance.now();
  const logFile = join(run.directory, 'logs', 'build.log');
  mkdirSync(join(run.directory, 'logs'), { recursive: true });
  rmSync(logFile, { force: true });
  const build = await Child.start(run, {
    role: 'build',
    command: process.execPath,
    args: [
      nxProgram,
      'run-many',
      '-t',
      'build',
      '-p',
      [...appNames, 'portal'].join(),
      '--outputStyle=static',
    ],
    env: nxEnvironment(process.env),
    cwd: workspaceRoot,
    logFile,
  });
  const { code } = await build.exited;
  if (code !== 0) throw new StackFault('The build failed:', ...build.lastLines(lastLinesShown));
  terminal.info(`The apps are built ${since(startedAtMs)}`);
}
