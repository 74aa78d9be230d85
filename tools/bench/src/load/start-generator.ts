import { collectorFlags } from '@registrar/stack';
import { startChild } from '../child-process.ts';
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
  // A collector that takes both processors at once would be measured as latency of the servers.
  const execArgv = [...collectorFlags];
  const { pid, sendMessage, stop } = await startChild('load/generator', {
    serialization: 'advanced',
    execArgv,
  });
  return {
    pid,
    async runJob(job) {
      const reply = (await sendMessage(job)) as GeneratorReply;
      if ('fault' in reply) throw new Error(reply.fault);
      return reply.result;
    },
    stop,
  };
}
