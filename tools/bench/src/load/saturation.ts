import autocannon from 'autocannon';
import { seededRandom } from '@registrar/testing/random';
import { Latencies } from './latencies.ts';
import type { LoadJob, LoadResult, PreparedRequest } from './load-job.ts';
import { drawFrom } from './request-source.ts';
import { Tally } from './tally.ts';

/** Requests that a connection goes round through: enough that no cache is helped by the round. */
const drawnPerConnection = 400;

/** One connection's requests, drawn by weight, as autocannon takes them. */
function drawList(draw: () => PreparedRequest): PreparedRequest[] {
  return Array.from({ length: drawnPerConnection }, draw);
}

/** As `drawFrom`, for requests that are not on the wire yet. */
function drawPrepared({ shares, seed }: LoadJob): () => PreparedRequest {
  const byName = new Map<string, PreparedRequest>();
  const named = shares.map(({ weight, requests }, share) => ({
    weight,
    requests: requests.map((request, index) => {
      const endpoint = `${share} ${index}`;
      byName.set(endpoint, request);
      return { endpoint, bytes: Buffer.alloc(0) };
    }),
  }));
  const draw = drawFrom(named, seededRandom(seed));
  return () => byName.get(draw().endpoint) as PreparedRequest;
}

/**
 * As many requests as the server takes, by autocannon: each connection sends when it has its answer.
 *
 * Each connection has requests of its own, so that they do not ask the same in step. Counts and times by endpoint
 * are exact, taken from autocannon's own events.
 */
export async function saturate(job: LoadJob): Promise<LoadResult> {
  const { url, connections, seconds = 1, timeoutMs } = job;
  const tally = new Tally();
  const draw = drawPrepared(job);
  const cpuBefore = process.cpuUsage();
  let startedAtMs: number | undefined;
  let lastMs = 0;
  const setupClient = (client: autocannon.Client): void => {
    const list = drawList(draw);
    let position = 0;
    client.setRequests(
      list.map(({ method, path, headers, body }) => ({ method, path, headers, body: body ?? '' })),
    );
    client.on('response', (status, bytes, latencyMs) => {
      const request = list[position % list.length] as PreparedRequest;
      position += 1;
      const nowMs = performance.now();
      // Preparing its requests is no part of the run: that begins with the first answer.
      startedAtMs ??= nowMs - latencyMs;
      lastMs = nowMs;
      const atMs = nowMs - startedAtMs;
      tally.answer(request.endpoint, { status, bytes, cacheStatus: '' }, { atMs, latencyMs });
    });
  };
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: timeoutMs / 1_000,
    setupClient,
  });
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
