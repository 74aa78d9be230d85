import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setSessionNiceness } from './autogroup.ts';
import type { Run } from './run.ts';
import { runIdVariable } from './run-id.ts';

/** What to run. `command` is found on the PATH of `env`. */
export interface ChildOptions {
  readonly role: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly logFile: string;
  /** How much it gives way to others where all together want more than the machine has; 0 when left out, to 19. */
  readonly niceness?: number;
}

/** For work in the background: notifications may take longer where answering needs the whole machine. */
export const backgroundNiceness = 10;
/** For what works for all others: what answers from memory or a cache must not wait for it. */
export const storeNiceness = 5;

/** Variable that turns niceness off, where `off`: in tests, which wait for stores and mails beside other tests. */
export const nicenessVariable = 'STACK_NICENESS';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How a process ended, in words: `ended with exit code 1`. */
export function exitText({ code, signal }: Exit): string {
  return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
}

/**
 * A process of a run: it has its own process group, so that a Ctrl-C at the terminal reaches the launcher
 * alone, which then stops its children in order; it carries the run id; its output goes to a file.
 */
export class Child {
  readonly role: string;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  private recordedExit: Exit | undefined;
  private readonly process: ChildProcess;

  private constructor(process: ChildProcess, pid: number, { role, logFile }: ChildOptions) {
    this.role = role;
    this.pid = pid;
    this.logFile = logFile;
    this.process = process;
    this.exited = new Promise((resolve) =>
      process.once('exit', (code, signal) => {
        this.recordedExit = { code, signal };
        resolve(this.recordedExit);
      }),
    );
  }

  /** Starts the process; rejects when the command cannot be run, or the run has ended. Appends to the log. */
  static async start(run: Run, options: ChildOptions): Promise<Child> {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'a');
    try {
      const { command, args } = options;
      const niceness = process.env[nicenessVariable] === 'off' ? 0 : (options.niceness ?? 0);
      const [program, ...rest] =
        niceness === 0 ? [command, ...args] : ['nice', '-n', `${niceness}`, command, ...args];
      const child = spawn(program, rest, {
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...options.env, [runIdVariable]: run.runId },
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      const started = new Child(child, child.pid ?? 0, options);
      if (niceness !== 0) await setSessionNiceness(started.pid, niceness);
      void started.exited.then(() => run.release(started));
      await run.adopt(started);
      return started;
    } finally {
      closeSync(log);
    }
  }

  get exit(): Exit | undefined {
    return this.recordedExit;
  }

  kill(signal: NodeJS.Signals): void {
    if (this.recordedExit === undefined) this.process.kill(signal);
  }

  /** Asks the process to end and waits; kills it after `graceMs`. Resolves at once when it has ended already. */
  async stop(graceMs: number): Promise<Exit> {
    this.kill('SIGTERM');
    const timer = setTimeout(() => this.kill('SIGKILL'), graceMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The last lines that the process wrote, for a message about its end. */
  lastLines(count: number): string[] {
    const written = readFileSync(this.logFile, 'utf8').trimEnd();
    return written === '' ? [] : written.split('\n').slice(-count);
  }
}
