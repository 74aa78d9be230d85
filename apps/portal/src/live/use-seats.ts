import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Seats } from './live-hub.ts';
import { liveHub } from './live-hub.ts';

const silenceMs = 20_000;
const known = new Map<string, Seats>();
const listeners = new Set<() => void>();
let aliveAtMs = 0;
let isSilent = false;

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

liveHub.subscribe((event) => {
  if (event.kind === 'alive' && event.stream === 'seats') {
    aliveAtMs = event.atMs;
    if (isSilent) {
      isSilent = false;
      notify();
    }
  }
  if (event.kind === 'seats') {
    const before = known.get(event.data.courseId);
    if (before !== undefined && before.version >= event.data.version) return;
    known.set(event.data.courseId, event.data);
    notify();
  }
});

/** Wants live counts of these courses while the component is shown. */
export function useWatchedCourses(courseIds: readonly string[]): void {
  const ids = courseIds.join(',');
  useEffect(() => (ids === '' ? undefined : liveHub.watchCourses(ids.split(','))), [ids]);
}

/** The latest live counts of a course; undefined before the first. The newer version wins, whatever order they come in. */
export function useSeats(courseId: string): Seats | undefined {
  return useSyncExternalStore(subscribe, () => known.get(courseId));
}

/** When counts were last known to be live, once the stream has been silent for 20 s; undefined while it is alive. */
export function useSeatsAsOf(): number | undefined {
  useEffect(() => {
    const timer = setInterval(() => {
      const silent = aliveAtMs !== 0 && Date.now() - aliveAtMs > silenceMs;
      if (silent !== isSilent) {
        isSilent = silent;
        notify();
      }
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  const asOf = useSyncExternalStore(subscribe, () => (isSilent ? aliveAtMs : 0));
  return useMemo(() => (asOf === 0 ? undefined : asOf), [asOf]);
}
