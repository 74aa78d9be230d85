import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { localDirectory } from '../workspace.ts';
import { noteProcess } from './journal.ts';

/** A process that a run can end. */
export interface Stoppable {
  readonly pid: number;
  stop(graceMs: number): Promise<unknown>;
}

/**
 * One run of a stack: its name, its folder under `.local`, the run id that its processes carry, and those
 * processes. Two runs of one name share the folder, and never the run id.
 *
 * Guarantee: once closed, no process of it is left, and none can be started.
 */
export class Run {
  readonly name: string;
  readonly directory: string;
  readonly runId: string;
  private readonly processes = new Set<Stoppable>();
  private closed = false;

  constructor(name: string) {
    this.name = name;
    this.directory = join(localDirectory, name);
    this.runId = `${this.directory}#${randomBytes(6).toString('hex')}`;
  }

  /** Puts down a process that was just started. One that comes after the end is stopped at once. */
  async adopt(process: Stoppable): Promise<void> {
    this.processes.add(process);
    noteProcess(this, process.pid);
    if (!this.closed) return;
    await process.stop(0);
    throw new RunClosed();
  }

  /** Forgets a process that has ended. */
  release(process: Stoppable): void {
    this.processes.delete(process);
  }

  /** Ends whatever still runs, all at once. */
  async close(graceMs: number): Promise<void> {
    this.closed = true;
    await Promise.all([...this.processes].map((process) => process.stop(graceMs)));
  }
}

/** A process was started for a run that has ended. */
export class RunClosed extends Error {
  constructor() {
    super('The run has ended.');
    this.name = 'RunClosed';
  }
}
