import { fork } from 'node:child_process';
import { once } from 'node:events';
import { collectorFlags } from '@registrar/stack';
import { scriptPath } from '../script-path.ts';
import type { LoadJob, LoadResult } from './load-job.ts';

/** What the generator's process answers to a job. */
export type GeneratorReply = { readonly result: LoadResult } | { readonly fault: string };

/** A load generator in a process of its own; it ends with this process. */
export interface Generator {
  readonly pid: number;
  /** Runs one job. @throws Error with what went wrong in the generator */
  runJob(job: LoadJob): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** Starts a generator that waits for jobs. */
export async function startGenerator(): Promise<Generator> {
  // Its collector shall not want both processors at once, or what is measured is the wait for one.
  const execArgv = [...collectorFlags];
  const child = fork(scriptPath('load/generator'), [], { serialization: 'advanced', execArgv });
  await once(child, 'spawn');
  const gone = once(child, 'exit').then(() => ({ fault: 'The load generator ended by itself.' }));
  return {
    pid: child.pid ?? 0,
    async runJob(job) {
      const replied = once(child, 'message').then(([reply]) => reply as GeneratorReply);
      child.send(job);
      const reply = await Promise.race([replied, gone]);
      if ('fault' in reply) throw new Error(reply.fault);
      return reply.result;
    },
    async stop() {
      child.disconnect();
      await gone;
    },
  };
}
