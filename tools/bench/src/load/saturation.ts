import autocannon from 'autocannon';
import { seededRandom } from '@registrar/testing/random';
import { Latencies } from './latencies.ts';
import type { LoadJob, LoadResult, PreparedRequest } from './load-job.ts';
import { drawFrom } from './request-source.ts';
import { Tally } from './tally.ts';

/** Requests that each connection repeats: enough that the repetition helps no cache. */
const drawnPerConnection = 400;

/**
 * As many requests as the server takes, by autocannon: each connection sends when it has its answer. A check of the
 * bench's own generator by an independent one.
 *
 * Each connection has its own list of requests, so that connections do not send the same in step. Counts and times by
 * endpoint are exact, taken from autocannon's events.
 */
export async function saturate(job: LoadJob): Promise<LoadResult> {
  const { url, connections, seconds = 1, timeoutMs } = job;
  const tally = new Tally();
  const draw = drawFrom(job.shares, seededRandom(job.seed));
  const cpuBefore = process.cpuUsage();
  let startedAtMs: number | undefined;
  let lastMs = 0;
  const setupClient = (client: autocannon.Client): void => {
    const list = Array.from({ length: drawnPerConnection }, draw);
    let position = 0;
    client.setRequests(
      list.map(({ method, path, headers, body }) => ({ method, path, headers, body: body ?? '' })),
    );
    client.on('response', (status, bytes, latencyMs) => {
      const request = list[position % list.length] as PreparedRequest;
      position += 1;
      const nowMs = performance.now();
      // The run begins with its first request: preparing the lists is no part of it.
      startedAtMs ??= nowMs - latencyMs;
      lastMs = nowMs;
      const atMs = nowMs - startedAtMs;
      tally.answer(request.endpoint, { status, bytes, cacheStatus: '' }, { atMs, latencyMs });
    });
  };
  const limits = { duration: seconds, timeout: timeoutMs / 1_000 };
  const result = await autocannon({ url, connections, ...limits, setupClient });
  const took = Math.max(0.001, (lastMs - (startedAtMs ?? lastMs)) / 1_000);
  const cpu = process.cpuUsage(cpuBefore);
  return {
    kind: job.kind,
    connections,
    seconds: took,
    sent: tally.answered + result.errors,
    answered: tally.answered,
    failed: tally.failed + result.errors,
    unanswered: 0,
    ratePerSecond: tally.answered / took,
    latency: tally.latency(),
    waited: 0,
    lateness: new Latencies().summary(),
    endpoints: tally.endpoints(),
    timeline: tally.timeline(),
    bytes: tally.bytes,
    reconnects: result.errors,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
  };
}
