import type { StoreCounts } from '../before/counted-store.ts';
import { loadBefore } from '../before/load-before.ts';
import type { BeforeOptions } from '../before/server.ts';
import type { LoadResult } from '../load/load-job.ts';
import type { Durations } from '../options/bench-options.ts';
import { startChildServer } from '../start-child-server.ts';
import type { BenchSystem } from './bench-system.ts';
import { closed, enrollment, once, paced } from './jobs.ts';
import type { Generators } from './measure.ts';
import type { Prepared } from './prepare.ts';
import type { Say } from './say.ts';

/** What the system before came to. */
export interface BeforeResult {
  /** One request at a time. */
  readonly alone: LoadResult;
  /** 64 connections, each sending when it has its answer. */
  readonly saturated: LoadResult;
  /** What the database gave during it. */
  readonly saturatedCounts: StoreCounts;
  /** The 200 connections and 800 requests a second that the system after is asked for. */
  readonly paced: LoadResult;
  /** Enrollments with their mails, four at a time. */
  readonly enrollments: LoadResult;
}

const timeoutMs = 30_000;
const enrollmentsTried = 20;

async function countsOf(url: string): Promise<StoreCounts> {
  return (await (await fetch(`${url}/counts`)).json()) as StoreCounts;
}

function minus(after: StoreCounts, before: StoreCounts): StoreCounts {
  return {
    scans: after.scans - before.scans,
    otherCalls: after.otherCalls - before.otherCalls,
    readUnits: after.readUnits - before.readUnits,
    writeUnits: after.writeUnits - before.writeUnits,
    bytes: after.bytes - before.bytes,
  };
}

/** Gives the old way the same data, and asks it for the same. */
export async function runBefore(
  bench: BenchSystem,
  { data, loaded, tokens, shares }: Prepared,
  { main }: Generators,
  { before: seconds }: Durations,
  say: Say,
): Promise<BeforeResult> {
  await loadBefore(loaded, data.users, bench.store);
  const { addresses, prefixes } = bench.system;
  const options: BeforeOptions = {
    dynamodbEndpoint: addresses.DYNAMODB_ENDPOINT,
    tablePrefix: prefixes.TABLE_PREFIX,
    smtpUrl: addresses.SMTP_URL,
    signingKeysFile: bench.signingKeysFile,
    currentSemester: data.semesters.find(({ current }) => current)?.id ?? '',
  };
  const server = await startChildServer('before/server', options);
  const { url } = server;
  try {
    await main.runJob({ ...closed(url, shares, seconds / 6, 2), timeoutMs: timeoutMs });
    say('before: one request at a time');
    const alone = await main.runJob({ ...closed(url, shares, seconds / 2, 1), timeoutMs: timeoutMs });
    say('before: enrollments, each with its mail');
    const writes = data.spare
      .slice(0, enrollmentsTried)
      .map(({ user, course }, index) =>
        enrollment(tokens[user] ?? '', loaded.courses[course]?.id ?? '', `before-${index}`),
      );
    const enrollments = await main.runJob(once(url, writes, 4));
    say('before: 64 connections');
    const countsBefore = await countsOf(url);
    const saturated = await main.runJob({ ...closed(url, shares, seconds), timeoutMs: timeoutMs });
    const saturatedCounts = minus(await countsOf(url), countsBefore);
    say('before: 200 connections, 800 requests a second');
    const load = { connections: 200, ratePerSecond: 800, seconds: seconds / 2 };
    const pacedResult = await main.runJob({ ...paced(url, shares, load), timeoutMs: timeoutMs });
    return { alone, saturated, saturatedCounts, paced: pacedResult, enrollments };
  } finally {
    await server.stop();
  }
}
