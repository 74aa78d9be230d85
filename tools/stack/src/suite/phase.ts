import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { nxEnvironment, nxProgram } from '../system/build.ts';
import type { Terminal } from '../terminal.ts';
import { since } from '../terminal.ts';
import { workspaceRoot } from '../workspace.ts';
import { failedFilesIn, failedTasksIn } from './results.ts';

/** A part of the test run: one command, and how its failures are found in what it says. */
export interface Phase {
  readonly title: string;
  readonly args: readonly string[];
  readonly failedTasks: (output: string) => string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Output that means a failure, whatever the exit code. */
  readonly failsOn?: RegExp;
}

/** Compiles every project and its specs: one process, so that what they share is read once. */
export function compilePhase(): Phase {
  return {
    title: 'build, typecheck',
    args: [join(workspaceRoot, 'node_modules', 'typescript', 'bin', 'tsc'), '--build'],
    failedTasks: (output) => failedFilesIn(output, /^(\S+)\(\d+,\d+\): error/gm, 'typecheck'),
  };
}

/**
 * Lints every project in one process.
 *
 * The boundaries between projects come from Nx's project graph: a phase that runs Nx must have stored it before.
 */
export function lintPhase(): Phase {
  const eslint = join(workspaceRoot, 'node_modules', '.bin', 'eslint');
  return {
    title: 'lint',
    args: [eslint, '--quiet', 'apps', 'libs', 'tools'],
    failedTasks: (output) => failedFilesIn(output, /^(\/\S+)$/gm, 'lint'),
    failsOn: /No cached ProjectGraph/,
  };
}

/** Lints what needs types: a native program, as ESLint took 130 s more for these rules and this one takes 27 (2 cores). */
export function typedLintPhase(): Phase {
  const oxlint = join(workspaceRoot, 'node_modules', '.bin', 'oxlint');
  return {
    title: 'typed lint',
    args: [oxlint, '--format=unix', 'apps', 'libs', 'tools'],
    failedTasks: (output) => failedFilesIn(output, /^(\S+?):\d+:\d+: /gm, 'typed lint'),
  };
}

/** Checks the format of every file. */
export function formatPhase(): Phase {
  const prettier = join(workspaceRoot, 'node_modules', '.bin', 'prettier');
  return {
    title: 'format',
    args: [prettier, '--check', '--log-level', 'warn', '.'],
    failedTasks: (output) => failedFilesIn(output, /^\[warn\] (\S+\.\S+)$/gm, 'format'),
  };
}

/** Runs a target of every project that has it, two at a time. */
export function nxPhase(title: string, target: string): Phase {
  return {
    title,
    args: [nxProgram, 'run-many', '-t', target, '--parallel=2', '--excludeTaskDependencies'],
    failedTasks: (output) => {
      const tasks = failedTasksIn(output);
      return tasks.length > 0 ? tasks : [title];
    },
  };
}

/** Builds the portal, which tests in Chromium visit. */
export function portalPhase(): Phase {
  return {
    title: 'portal',
    args: [nxProgram, 'build', 'portal', '--excludeTaskDependencies'],
    failedTasks: () => ['portal:build'],
  };
}

/** Runs the tests of a kind, of every project: one process, which starts what all share once. What they use is built by now. */
export function testPhase(title: string, kind: string, env: Record<string, string> = {}): Phase {
  return {
    title,
    args: [join(workspaceRoot, 'node_modules', '.bin', 'vitest'), 'run'],
    env: { ...env, TEST_KIND: kind },
    failedTasks: () => [kind],
  };
}

/**
 * Runs a phase; what it says is shown when it fails.
 *
 * Resolves with the tasks that failed.
 */
async function runPhase(run: Run, phase: Phase, terminal: Terminal): Promise<string[]> {
  const { title, args, env, failedTasks, failsOn } = phase;
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
  const output = readFileSync(logFile, 'utf8');
  if (code === 0 && !failsOn?.test(output)) {
    terminal.info(`ok: ${title} ${since(startedAtMs)}`);
    return [];
  }
  terminal.info(output.trimEnd());
  terminal.info(`FAILED: ${title} ${since(startedAtMs)}`);
  return failedTasks(output);
}

/** Runs phases one after another, whatever fails; resolves with the tasks that failed. */
export async function runPhases(run: Run, phases: readonly Phase[], terminal: Terminal): Promise<string[]> {
  const failed: string[] = [];
  for (const phase of phases) failed.push(...(await runPhase(run, phase, terminal)));
  return failed;
}
