import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Child, backgroundNiceness, exitText } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { RunClosed } from '../process/run.ts';
import { until } from '../process/wait.ts';
import { messageOf, StackFault } from '../stack-fault.ts';
import type { Terminal } from '../terminal.ts';
import type { AppPorts } from './app-environment.ts';
import { urlOf } from './app-environment.ts';
import type { AppName } from './app-names.ts';
import { LogTail, worryOf } from './log-tail.ts';
import { nodeFlags } from './node-flags.ts';

const readyTimeoutMs = 90_000;
const longestBackoffMs = 5_000;
/** A process that lived that long was not hurt by its start: its next end counts as the first again. */
const steadyAfterMs = 10_000;
/** Of the log of an app that did not start: what it died of stands at the end. */
const lastLinesRead = 20;
/** Longer than the apps' own shutdown may take. */
const graceMs = 12_000;

/** What to run as one instance of an app. */
export interface AppOptions {
  readonly run: Run;
  readonly app: AppName;
  /** From 1; the first one is simply called by the app's name. */
  readonly number: number;
  readonly program: string;
  readonly ports: AppPorts;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** Called with every process that is started. */
  readonly onStart: () => void;
}

/** How long to wait before the start that follows the `failures`-th quick end. */
export function backoffMs(failures: number): number {
  return Math.min(100 * 2 ** Math.max(0, failures - 1), longestBackoffMs);
}

/**
 * One instance of an app, kept alive: a process that ends without being asked is started again, on the same
 * ports, the sooner the longer it lived. Warnings in its log come to the terminal.
 */
export class SupervisedApp {
  readonly name: string;
  readonly logFile: string;
  private readonly options: AppOptions;
  private child: Child | undefined;
  private tail: LogTail | undefined;
  private wasReady = false;
  private readonly stopping = new AbortController();
  private supervision: Promise<void> = Promise.resolve();

  constructor(options: AppOptions) {
    this.options = options;
    this.name = options.number === 1 ? options.app : `${options.app}-${options.number}`;
    this.logFile = join(options.run.directory, 'logs', `${this.name}.log`);
  }

  /** The process that runs now, or ran last. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get ports(): AppPorts {
    return this.options.ports;
  }

  get url(): string {
    return urlOf(this.options.ports);
  }

  /** Starts the first process and from then on replaces each that ends. */
  async start(): Promise<void> {
    mkdirSync(dirname(this.logFile), { recursive: true });
    writeFileSync(this.logFile, '');
    this.tail = new LogTail(this.logFile, (line) => {
      const worry = worryOf(line);
      if (worry !== undefined) this.options.terminal.warn(`[${this.name}] ${worry}`);
    });
    const first = await this.spawn();
    this.supervision = this.supervise(first).catch((error: unknown) => {
      if (error instanceof RunClosed || this.stopping.signal.aborted) return;
      this.options.terminal.warn(`${this.name} cannot be started again: ${messageOf(error)}`);
    });
  }

  /**
   * Resolves when `/health/ready` answers 200.
   *
   * @throws StackFault when the first process ends before, or none is ready within 90 s
   */
  async untilReady(): Promise<void> {
    let lastAnswer = 'it does not answer';
    const settled = await until(
      async () => {
        if (this.failedToStart()) return true;
        try {
          const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
          lastAnswer = await response.text();
          return response.ok;
        } catch (error) {
          lastAnswer = messageOf(error);
          return false;
        }
      },
      { timeoutMs: readyTimeoutMs, everyMs: 100 },
    );
    const child = this.child;
    if (child?.exit !== undefined && this.failedToStart()) {
      this.tail?.stop();
      const last = child.lastLines(lastLinesRead).findLast((line) => worryOf(line) !== undefined) ?? '';
      throw new StackFault(
        `${this.name} ${exitText(child.exit)} while it started; its log is ${this.logFile}. It said: ${worryOf(last) ?? 'nothing'}`,
      );
    }
    if (!settled)
      throw new StackFault(`${this.name} is not ready: ${lastAnswer}; its log is ${this.logFile}.`);
    this.wasReady = true;
  }

  /** Sends a signal to the process that runs now. */
  kill(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Ends the process for good: asks first. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.child?.stop(graceMs);
    await this.supervision;
    this.tail?.stop();
  }

  /** A process that ends before it was ever ready will not fare better the next time. */
  private failedToStart(): boolean {
    return !this.wasReady && this.child?.exit !== undefined;
  }

  private async spawn(): Promise<Child> {
    const { run, program, env } = this.options;
    const command = { role: this.name, command: process.execPath, args: [...nodeFlags, program] };
    const niceness = this.options.app === 'notifications' ? backgroundNiceness : 0;
    this.child = await Child.start(run, { ...command, env, logFile: this.logFile, niceness });
    this.options.onStart();
    return this.child;
  }

  private async supervise(first: Child): Promise<void> {
    const { signal } = this.stopping;
    let failures = 0;
    for (let child = first; ; child = await this.spawn()) {
      const startedAtMs = performance.now();
      const exit = await child.exited;
      // Before the first readiness an end is a failed start, which `untilReady` reports.
      if (signal.aborted || !this.wasReady) return;
      failures = performance.now() - startedAtMs > steadyAfterMs ? 1 : failures + 1;
      this.options.terminal.warn(`${this.name} ${exitText(exit)}; starting it again.`);
      await delay(backoffMs(failures), undefined, { signal });
    }
  }
}
