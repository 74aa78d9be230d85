import type { Query } from '@tanstack/react-query';
import { queryClient } from '../api/queries.ts';
import { keepStored, readStored } from '../api/storage.ts';
import { session } from '../api/session.ts';

/** Reads whose last answers this browser keeps, so that a start without a connection shows them with their time. */
const keptReads = new Set([
  'GET /api/campus',
  'GET /api/semesters',
  'GET /api/semesters/:id/window',
  'GET /api/enrollments/me',
  'GET /api/students/me',
  'GET /api/students/me/completions',
  'GET /api/holds/me',
  'GET /api/notifications/me',
  'GET /api/plans/:semesterId',
  'POST /api/courses/batch-get',
]);
const mostEntries = 40;

interface KeptRead {
  readonly key: readonly unknown[];
  readonly data: unknown;
  readonly atMs: number;
}

const nameOf = (userId: string) => `own:${userId}`;

/** Fills the cache with the last own data, and keeps what is read from now on. */
export function startOwnData(): void {
  let userId: string | undefined;
  const load = () => {
    const next = session.current().user?.id;
    if (next === userId) return;
    // Signed out, perhaps in another tab: what this one was about to keep goes as well.
    if (userId !== undefined && next === undefined) forgetOwnData(userId);
    else if (userId !== undefined) queryClient.clear();
    userId = next;
    if (userId !== undefined) restore(userId);
  };
  session.subscribe(load);
  load();
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && userId !== undefined && isKept(query)) keepSoon(userId);
  });
}

/** Removes what this browser keeps of a user. */
export function forgetOwnData(userId: string): void {
  clearTimeout(timer);
  keepStored(nameOf(userId), undefined);
  queryClient.clear();
}

let timer: ReturnType<typeof setTimeout> | undefined;

function keepSoon(userId: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const kept = queryClient
      .getQueryCache()
      .getAll()
      .filter(isKept)
      .map(({ queryKey, state }): KeptRead => ({
        key: queryKey,
        data: state.data,
        atMs: state.dataUpdatedAt,
      }))
      .sort((one, other) => other.atMs - one.atMs)
      .slice(0, mostEntries);
    keepStored(nameOf(userId), kept);
  }, 500);
}

function restore(userId: string): void {
  const kept = readStored<unknown>(nameOf(userId));
  if (!Array.isArray(kept)) return;
  for (const { key, data, atMs } of kept as KeptRead[])
    if (Array.isArray(key) && queryClient.getQueryData(key) === undefined) {
      queryClient.setQueryData(key, data, { updatedAt: atMs });
      // However young: much can have happened between two pages.
      void queryClient.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' });
    }
}

function isKept({ queryKey, state }: Query): boolean {
  return state.status === 'success' && keptReads.has(String(queryKey[0]));
}
