import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { livingProcesses } from '../process/orphans.ts';
import { until } from '../process/wait.ts';
import type { StackRecord } from '../system/stack-file.ts';
import { localDirectory, scriptPath } from '../workspace.ts';

const timeoutMs = 45_000;

/** A launcher in a process of its own, as a test of this tool sees it from outside. */
export class Launcher {
  readonly name: string;
  readonly directory: string;
  readonly recordFile: string;
  private outputText = '';
  private code: number | null | undefined;
  private readonly process: ChildProcess;

  /** Starts a system of stub apps, or another script of this package. `undefined` unsets a variable. */
  constructor(
    env: Readonly<Record<string, string | undefined>> = {},
    { name = `stub-${randomBytes(4).toString('hex')}`, script = 'testing/run-stub-system' } = {},
  ) {
    this.name = name;
    this.directory = join(localDirectory, name);
    this.recordFile = join(tmpdir(), `${name}.json`);
    this.process = spawn(process.execPath, [scriptPath(script), name, this.recordFile], {
      // Both colour variables at once make Node warn on stderr, where the tests read one line.
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.outputText += bytes.toString()));
    }
    this.process.once('close', (code) => (this.code = code));
  }

  /** What it wrote to the terminal. */
  get output(): string {
    return this.outputText;
  }

  /** Waits until the system is up; fails with what the launcher said when it ends before. */
  async untilUp(): Promise<StackRecord> {
    await until(() => existsSync(this.recordFile) || this.code !== undefined, { timeoutMs });
    if (!existsSync(this.recordFile)) throw new Error(`The launcher did not come up: ${this.outputText}`);
    return this.record();
  }

  record(): StackRecord {
    return JSON.parse(readFileSync(this.recordFile, 'utf8')) as StackRecord;
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** Resolves with the exit code; null when a signal ended it. */
  async untilEnded(): Promise<number | null> {
    await until(() => this.code !== undefined, { timeoutMs });
    if (this.code === undefined) throw new Error(`The launcher does not end: ${this.outputText}`);
    return this.code;
  }

  /** The processes that it started and that live. */
  processes(): number[] {
    return livingProcesses({ directory: this.directory });
  }

  /** Whether all processes are gone within the time of a graceful end. */
  untilNothingRuns(): Promise<boolean> {
    return until(() => this.processes().length === 0, { timeoutMs });
  }

  /** Ends whatever a failed test left. */
  async cleanUp(): Promise<void> {
    this.signal('SIGKILL');
    await this.untilNothingRuns();
    rmSync(this.directory, { recursive: true, force: true });
    rmSync(this.recordFile, { force: true });
  }
}
