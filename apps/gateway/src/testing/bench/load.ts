import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Agent } from 'undici';
import type { EvenFlood } from './even-flood.ts';

const run = promisify(execFile);
const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** A load from a process of its own. */
export interface Flood {
  url: string;
  seconds: number;
  connections: number;
  /** Requests a second; as many as possible when left out. */
  rate?: number;
  method?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** What came of it. */
export interface FloodResult {
  perSecond: number;
  /** Answers by the first digit of their status. */
  statuses: Record<string, number>;
}

/** Sends a flood by autocannon. */
export async function flood({
  url,
  seconds,
  connections,
  rate,
  method = 'GET',
  body,
  headers = {},
}: Flood): Promise<FloodResult> {
  const options = ['-j', '-d', String(seconds), '-c', String(connections), '-m', method];
  if (rate !== undefined) options.push('-R', String(rate));
  if (body !== undefined) options.push('-b', body);
  for (const [name, value] of Object.entries(headers)) options.push('-H', `${name}=${value}`);
  const { stdout } = await run(process.execPath, [autocannon, ...options, url], { maxBuffer: 1e8 });
  const result = JSON.parse(stdout) as Record<string, number> & { requests: { average: number } };
  const statuses = Object.fromEntries(
    ['1xx', '2xx', '3xx', '4xx', '5xx', 'errors'].map((name) => [name, result[name] ?? 0]),
  );
  return { perSecond: result.requests.average, statuses };
}

/** Sends the same request evenly over time, from a process of its own. */
export async function evenFlood(flood: EvenFlood): Promise<FloodResult> {
  const program = fileURLToPath(new URL('even-flood.js', import.meta.url));
  const { stdout } = await run(process.execPath, [program, JSON.stringify(flood)]);
  return JSON.parse(stdout) as FloodResult;
}

/** Latencies of paced requests, in ms, in order; and how many failed. */
export interface Paced {
  sorted: number[];
  failed: number;
}

/** Asks `path` at an even rate for a while; the time that a request waits to be sent counts. */
export async function paced(
  origin: string,
  path: string,
  headers: Record<string, string>,
  seconds: number,
): Promise<Paced> {
  const agent = new Agent({ connections: 50, pipelining: 1 });
  const perSecond = 200;
  const begin = performance.now();
  const times: number[] = [];
  const asked: Promise<void>[] = [];
  let failed = 0;
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const due = begin + (at * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await delay(early);
    asked.push(
      agent.request({ origin, path, method: 'GET', headers }).then(
        async (answer) => {
          await answer.body.dump();
          if (answer.statusCode !== 200) failed += 1;
          times.push(performance.now() - due);
        },
        () => void (failed += 1),
      ),
    );
  }
  await Promise.all(asked);
  await agent.close();
  return { sorted: times.sort((a, b) => a - b), failed };
}

/** The value below which the share `of` lies. */
export function percentile(sorted: readonly number[], of: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
}
