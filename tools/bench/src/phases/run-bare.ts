import type { BareOptions } from '../bare/server.ts';
import type { ChildServer } from '../child-process.ts';
import { startChildServer } from '../child-process.ts';
import type { LoadResult } from '../load/load-job.ts';
import { cataloguePath } from '../mix/mix.ts';
import { figuresOf } from '../observe/process-figures.ts';
import type { Durations } from '../options/bench-options.ts';
import { anonymous, closed, only, saturation } from './jobs.ts';
import type { BenchRun, Generators } from './measure.ts';

/** One saturated server by both generators. */
export interface Saturated {
  /** By autocannon. */
  readonly autocannon: LoadResult;
  /** By the bench's own generator, which costs less and so leaves more CPU to the server. */
  readonly own: LoadResult;
  /** CPU of the server for one request in microseconds, during autocannon's run. */
  readonly cpuMicroseconds: number;
}

/** Bare Node on this machine, and a catalogue hit at the gateway. */
export interface BareResult {
  readonly bare5: Saturated;
  readonly bare15: Saturated;
  /** A bare server with the body of `hit`. */
  readonly same: Saturated;
  /** One catalogue page, held by the gateway. */
  readonly hit: Saturated;
  /** Size of that page, bytes. */
  readonly bodyBytes: number;
}

const hitPath = cataloguePath({ semesterId: 'bench-current', departmentId: 'CS' });

function cpuOf(pid: number): number {
  return figuresOf(pid)?.cpuSeconds ?? 0;
}

async function saturated(
  { url, pid }: Pick<ChildServer, 'url' | 'pid'>,
  path: string,
  { main }: Generators,
  seconds: number,
): Promise<Saturated> {
  const shares = only(anonymous(path, path));
  await main.runJob(closed(url, shares, Math.min(1, seconds)));
  const own = await main.runJob(closed(url, shares, seconds));
  const cpuBefore = cpuOf(pid);
  const autocannon = await main.runJob(saturation(url, shares, seconds));
  const cpuMicroseconds = ((cpuOf(pid) - cpuBefore) * 1_000_000) / Math.max(1, autocannon.answered);
  return { autocannon, own, cpuMicroseconds };
}

/** Measures the bare server and, right after it, a catalogue hit at the gateway. */
export async function runBare(
  { bench, generators, say }: BenchRun,
  { bare: seconds }: Durations,
): Promise<BareResult> {
  const body = await (await fetch(`${bench.url}${hitPath}`)).text();
  const options: BareOptions = { body };
  const server = await startChildServer('bare/server', options);
  try {
    say('bare node:http, 5 KB, 15 KB, and the body of a catalogue page');
    const bare5 = await saturated(server, '/5', generators, seconds);
    const bare15 = await saturated(server, '/15', generators, seconds);
    const same = await saturated(server, '/same', generators, seconds);
    say('a catalogue hit at the gateway');
    const gateway = { url: bench.url, pid: bench.pids()['gateway'] ?? 0 };
    const hit = await saturated(gateway, hitPath, generators, seconds);
    return { bare5, bare15, same, hit, bodyBytes: Buffer.byteLength(body) };
  } finally {
    await server.stop();
  }
}
