import { spawn } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackFault } from '../stack-fault.ts';
import { scriptPath } from '../workspace.ts';
import type { ReaperOrders } from './reaper.ts';
import { forgetProcesses } from './journal.ts';
import { endOrphans } from './orphans.ts';
import { isAlive, startTimeOf } from './process-table.ts';
import { runIdVariable } from './run-id.ts';
import { Run } from './run.ts';

/** Who runs the stack of a folder: a pid alone could be somebody else's by now. */
interface Holder {
  pid: number;
  startTime: string | null;
}

function lockFile(directory: string): string {
  return join(directory, 'launcher.json');
}

function readHolder(directory: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lockFile(directory), 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The pid of the living launcher of the stack in `directory`. */
export function launcherOf(directory: string): number | undefined {
  const holder = readHolder(directory);
  if (holder === undefined || !isAlive(holder.pid)) return undefined;
  return (startTimeOf(holder.pid) ?? null) === holder.startTime ? holder.pid : undefined;
}

/** Puts this process down as the launcher; false when another one lives. */
function takeLock(directory: string): boolean {
  mkdirSync(directory, { recursive: true });
  const own: Holder = { pid: process.pid, startTime: startTimeOf(process.pid) ?? null };
  const draft = `${lockFile(directory)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (;;) {
      try {
        linkSync(draft, lockFile(directory)); // unlike a write, fails when there is one
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (launcherOf(directory) !== undefined) return false;
      rmSync(lockFile(directory), { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * This process's hold on a stack: nobody else launches the same one, and whatever this process starts with the
 * run id ends with it, however it ends.
 */
export class Launch {
  readonly run: Run;
  private readonly onEnd: (() => void)[] = [];

  private constructor(run: Run) {
    this.run = run;
  }

  /**
   * Takes the stack of that name and clears what a crashed launcher of it left behind.
   *
   * @throws StackFault when a living process holds it
   */
  static async acquire(name: string): Promise<Launch> {
    const run = new Run(name);
    if (!takeLock(run.directory)) {
      const pid = launcherOf(run.directory) ?? 'just ended';
      throw new StackFault(
        `Registrar runs in this checkout already (stack "${name}", process ${pid}): stop it first.`,
      );
    }
    const launch = new Launch(run);
    launch.onEnd.push(() => rmSync(lockFile(run.directory), { force: true }));
    await endOrphans({ directory: run.directory });
    forgetProcesses(run.directory);
    return launch;
  }

  /** Has a reaper watch over this process; to be called before the first child is started. */
  watch(orders: Omit<ReaperOrders, 'runId'>): void {
    const reaper = spawn(
      process.execPath,
      [scriptPath('process/reaper'), JSON.stringify({ runId: this.run.runId, ...orders })],
      // Not part of the run that this process itself may belong to: it has to outlive its end.
      {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { ...process.env, [runIdVariable]: undefined },
      },
    );
    reaper.unref();
    reaper.stdin.on('error', () => undefined); // a reaper that was killed cannot be told that all is well
    this.onEnd.push(() => reaper.stdin.end('done'));
  }

  /** Lets go of the stack; everything that was started must have been stopped. */
  end(): void {
    for (const end of this.onEnd.splice(0).reverse()) end();
  }
}

/** Writes a file so that a reader sees the old or the new content, never a part. */
export function writeWhole(path: string, content: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
}
