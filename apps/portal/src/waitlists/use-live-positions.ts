import { useEffect } from 'react';
import { refreshReads } from '../api/queries.ts';
import { liveHub } from '../live/live-hub.ts';

/** The server's positions are up to 2 s old: asking sooner or more often brings nothing new. */
const settleMs = 2_000;

/** Reads the own list again when seats of these courses change: then positions may have moved. */
export function useLivePositions(courseIds: readonly string[]): void {
  const ids = courseIds.join(',');
  useEffect(() => {
    const watched = new Set(ids.split(','));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = liveHub.subscribe((event) => {
      if (event.kind !== 'seats' || !watched.has(event.data.courseId)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void refreshReads('GET /api/enrollments/me');
      }, settleMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [ids]);
}
