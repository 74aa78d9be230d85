import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { nxEnvironment, nxProgram } from '../system/build.ts';
import type { Terminal } from '../terminal.ts';
import { since } from '../terminal.ts';
import { workspaceRoot } from '../workspace.ts';
import { failedTasksIn } from './results.ts';

/** A part of the test run: one command, and how its failures are found in what it says. */
export interface Phase {
  readonly title: string;
  readonly args: readonly string[];
  readonly failedTasks: (said: string) => string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Checks the format of every file. */
export function formatPhase(): Phase {
  const prettier = join(workspaceRoot, 'node_modules', '.bin', 'prettier');
  return {
    title: 'format',
    args: [prettier, '--check', '--log-level', 'warn', '.'],
    failedTasks: (said) => {
      const files = [...said.matchAll(/^\[warn\] (\S+\.\S+)$/gm)].map(([, file]) => `format of ${file}`);
      return files.length > 0 ? files : ['format'];
    },
  };
}

/** Runs targets of every project that has them, two at a time. */
export function nxPhase(title: string, targets: readonly string[], env: Record<string, string> = {}): Phase {
  return {
    title,
    args: [nxProgram, 'run-many', '-t', ...targets, '--parallel=2'],
    env,
    failedTasks: (said) => {
      const tasks = failedTasksIn(said);
      return tasks.length > 0 ? tasks : [title];
    },
  };
}

/**
 * Runs a phase; what it says is shown when it fails.
 *
 * Resolves with the tasks that failed.
 */
export async function runPhase(run: Run, { title, args, env, failedTasks }: Phase, terminal: Terminal) {
  const startedAtMs = performance.now();
  const logFile = join(run.directory, 'logs', `${title.replaceAll(/\W+/g, '-')}.log`);
  const child = await Child.start(run, {
    role: title,
    command: process.execPath,
    args,
    env: { ...nxEnvironment(process.env), ...env },
    cwd: workspaceRoot,
    logFile,
  });
  const { code } = await child.exited;
  if (code === 0) {
    terminal.say(`ok: ${title} ${since(startedAtMs)}`);
    return [];
  }
  const said = readFileSync(logFile, 'utf8');
  terminal.say(said.trimEnd());
  terminal.say(`FAILED: ${title} ${since(startedAtMs)}`);
  return failedTasks(said);
}
