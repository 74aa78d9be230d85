import { accessToken } from '@registrar/testing/access-token';
import type { Dataset, PlannedEnrollment } from '../dataset/dataset.ts';
import { makeDataset } from '../dataset/dataset.ts';
import type { PreparedRequest, Share } from '../load/load-job.ts';
import type { Generator } from '../load/start-generator.ts';
import { cataloguePaths, mixShares, warmUpList } from '../mix/mix.ts';
import { loadCatalogue, loadEnrollments } from '../seed/load-system.ts';
import type { Loaded } from '../seed/load-system.ts';
import { loadUsers } from '../seed/load-users.ts';
import type { BenchSystem } from './bench-system.ts';
import { enrollment, once } from './jobs.ts';
import type { Say } from './say.ts';

/** A loaded system. */
export interface Prepared {
  readonly data: Dataset;
  readonly loaded: Loaded;
  readonly tokens: readonly string[];
  readonly shares: readonly Share[];
}

/**
 * Loads the dataset of a size into the system, makes the requests of the mix, and waits for the system to be idle.
 *
 * @param enrollments how many of the planned enrollments are loaded: all of them if left out
 */
export async function prepare(
  bench: BenchSystem,
  scale: number,
  say: Say,
  { enrollments: most = Infinity } = {},
): Promise<Prepared> {
  const now = new Date();
  const planned = makeDataset(scale, now);
  const step = Math.max(1, Math.ceil(planned.enrollments.length / most));
  const data = { ...planned, enrollments: planned.enrollments.filter((_, at) => at % step === 0) };
  const tokens = data.users.map(({ id }) => accessToken(bench.key, id));
  await loadUsers([...data.users, ...data.instructors], bench.store, now);
  const courses = await loadCatalogue(data, bench.url, bench.registrarToken());
  say(`${data.users.length} users and ${courses.length} courses are loaded`);
  const enrollments = await loadEnrollments(data.enrollments, courses, bench.url, tokens);
  say(`${enrollments.length} enrollments are loaded`);
  await bench.untilIdle();
  const shares = mixShares(cataloguePaths(data), tokens);
  return { data, loaded: { courses, enrollments }, tokens, shares };
}

/** Sends every different request of the mix once, so that caches are warm. */
export async function warmUp(
  { url }: BenchSystem,
  { shares }: Prepared,
  generator: Generator,
): Promise<void> {
  await generator.runJob(once(url, warmUpList(shares), 32));
}

/** The requests for planned enrollments; `name` keeps their idempotency keys apart from those of other parts. */
export function enrollmentRequests(
  { loaded, tokens }: Prepared,
  planned: readonly PlannedEnrollment[],
  name: string,
): PreparedRequest[] {
  return planned.map(({ user, course }) =>
    enrollment(tokens[user] ?? '', loaded.courses[course]?.id ?? '', `${name}-${user}-${course}`),
  );
}
