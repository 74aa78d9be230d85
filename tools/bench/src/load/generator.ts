/**
 * The load generator: a process of its own, so that its work does not delay the event loop of the process that
 * watches. Runs one job of its parent at a time and answers with its result or the reason of its failure.
 */
import type { LoadJob } from './load-job.ts';
import { LoadRun } from './run-load.ts';
import { saturate } from './saturation.ts';
import type { GeneratorReply } from './start-generator.ts';

async function replyTo(job: LoadJob): Promise<GeneratorReply> {
  try {
    return { result: await (job.kind === 'saturation' ? saturate(job) : new LoadRun(job).runJob()) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (job: LoadJob) => {
  void replyTo(job).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit());
