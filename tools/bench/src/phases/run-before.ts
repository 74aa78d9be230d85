import type { StoreCounts } from '../before/counted-store.ts';
import { loadBefore } from '../before/load-before.ts';
import type { BeforeOptions } from '../before/server.ts';
import { startChildServer } from '../child-process.ts';
import type { LoadResult } from '../load/load-job.ts';
import type { Durations } from '../options/bench-options.ts';
import { closed, once, paced } from './jobs.ts';
import type { BenchRun } from './measure.ts';
import type { Prepared } from './prepare.ts';
import { enrollmentRequests } from './prepare.ts';

/** The results of the system before. */
export interface BeforeResult {
  /** One request at a time. */
  readonly alone: LoadResult;
  /** 64 connections, each sending when it has its answer. */
  readonly saturated: LoadResult;
  /** Calls and capacity of the database during it. */
  readonly saturatedCounts: StoreCounts;
  /** 200 connections and 800 requests a second, as for the system after. */
  readonly paced: LoadResult;
  /** Enrollments with their mails, four at a time. */
  readonly enrollments: LoadResult;
}

/** The system before takes longer than the one after ever may. */
const timeoutMs = 30_000;
const enrollmentsTried = 20;

async function countsOf(url: string): Promise<StoreCounts> {
  return (await (await fetch(`${url}/counts`)).json()) as StoreCounts;
}

function minus(after: StoreCounts, before: StoreCounts): StoreCounts {
  const difference = { ...after };
  for (const name of Object.keys(before) as (keyof StoreCounts)[]) difference[name] -= before[name];
  return difference;
}

/** Gives the system before the same data, and measures it with the same requests. */
export async function runBefore(
  { bench, generators: { main }, say }: BenchRun,
  prepared: Prepared,
  { before: seconds }: Durations,
): Promise<BeforeResult> {
  const { data, loaded, shares } = prepared;
  await loadBefore({ ...loaded, users: data.users }, bench.store);
  const options: BeforeOptions = {
    store: bench.store,
    smtpUrl: bench.system.addresses.SMTP_URL,
    signingKeysFile: bench.signingKeysFile,
    currentSemester: data.semesters.find(({ current }) => current)?.id ?? '',
  };
  const server = await startChildServer('before/server', options);
  const { url } = server;
  const busy = (connections: number, forSeconds: number) =>
    main.runJob({ ...closed(url, shares, forSeconds, connections), timeoutMs });
  try {
    await busy(2, seconds / 6);
    say('before: one request at a time');
    const alone = await busy(1, seconds / 2);
    say('before: enrollments, each with its mail');
    const writes = enrollmentRequests(prepared, data.spare.slice(0, enrollmentsTried), 'before');
    const enrollments = await main.runJob(once(url, writes, 4));
    say('before: 64 connections');
    const countsBefore = await countsOf(url);
    const saturated = await busy(64, seconds);
    const saturatedCounts = minus(await countsOf(url), countsBefore);
    say('before: 200 connections, 800 requests a second');
    const load = { connections: 200, ratePerSecond: 800, seconds: seconds / 2 };
    const pacedResult = await main.runJob({ ...paced(url, shares, load), timeoutMs });
    return { alone, saturated, saturatedCounts, paced: pacedResult, enrollments };
  } finally {
    await server.stop();
  }
}
