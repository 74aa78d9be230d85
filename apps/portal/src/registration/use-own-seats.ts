import { useEffect } from 'react';
import type { Read } from '../api/queries.ts';
import { useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useSession } from '../app/session-hooks.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useSeats } from '../live/use-seats.ts';

const route = 'GET /api/courses/:id/seats/me';
/** Counts may change many times a second while everybody enrolls. */
const settleMs = 500;

/** How many seats the reader could take now; asked only where seats are reserved, and again when counts change. */
export function useOwnSeats(course: Course): Read<AnswerTo<typeof route>> {
  const { status } = useSession();
  const isAsked = status === 'signed-in' && course.reservations.length > 0;
  const read = useApi(route, { params: { id: course.id } }, { enabled: isAsked });
  const version = useSeats(course.id)?.version;
  const { refetch } = read;
  useEffect(() => {
    if (!isAsked || version === undefined) return undefined;
    const timer = setTimeout(() => void refetch(), settleMs);
    return () => clearTimeout(timer);
  }, [isAsked, version, refetch]);
  return read;
}
