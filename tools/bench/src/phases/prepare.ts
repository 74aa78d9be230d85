import { drawnId } from '@registrar/testing/random';
import { accessToken } from '@registrar/testing/access-token';
import type { Dataset } from '../dataset/dataset.ts';
import { makeDataset } from '../dataset/dataset.ts';
import type { Share } from '../load/load-job.ts';
import { cataloguePaths, mixShares } from '../mix/mix.ts';
import { loadCatalogue, loadEnrollments } from '../seed/load-system.ts';
import type { Loaded, LoadTarget } from '../seed/load-system.ts';
import { loadUsers } from '../seed/load-users.ts';
import type { BenchSystem } from './bench-system.ts';
import type { Say } from './say.ts';

/** A loaded system, ready to be asked. */
export interface Prepared {
  readonly data: Dataset;
  readonly loaded: Loaded;
  readonly tokens: readonly string[];
  readonly target: LoadTarget;
  readonly shares: readonly Share[];
}

/** Loads the dataset of a size into the system and makes the requests of the mix. */
export async function prepare(bench: BenchSystem, scale: number, say: Say): Promise<Prepared> {
  const now = new Date();
  const data = makeDataset(scale, now);
  const tokens = data.users.map(({ id }) => accessToken(bench.key, id));
  const registrarToken = accessToken(bench.key, drawnId(Math.random, 'usr'), ['registrar']);
  const target = { gatewayUrl: bench.url, registrarToken, tokens };
  await loadUsers(data.users, bench.store, now);
  say(`${data.users.length} users are there`);
  const courses = await loadCatalogue(data, target);
  say(`${courses.length} courses are there`);
  const enrollments = await loadEnrollments(data.enrollments, courses, target);
  say(`${enrollments.length} enrollments are there`);
  const shares = mixShares(cataloguePaths(data), tokens);
  return { data, loaded: { courses, enrollments }, tokens, target, shares };
}
