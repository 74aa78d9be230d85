import type { Enrollment, OwnEnrollmentsQuery } from '@registrar/contracts-enrollments';
import { newestFirst, waitlistOf, withoutPlace } from '../enrollment/listed-enrollment.ts';
import type { ListPosition, ListedEnrollment } from '../enrollment/listed-enrollment.ts';

/** One page of one's own enrollments. */
interface OwnPage {
  items: Enrollment[];
  next: ListPosition | null;
}

/** The page of `all` (newest first) that `query` wants, after `position`; positions on waitlists come from `rankOf`. */
export function ownPage(
  all: readonly ListedEnrollment[],
  query: Pick<OwnEnrollmentsQuery, 'semesterId' | 'status' | 'limit'>,
  position: ListPosition | undefined,
  rankOf: (classId: string, ticket: number) => number | null,
): OwnPage {
  const matching = all.filter(
    (each) =>
      (query.semesterId === undefined || each.semesterId === query.semesterId) &&
      (query.status === undefined || each.status === query.status) &&
      (position === undefined || newestFirst(each, { ...each, ...position }) > 0),
  );
  const shown = matching.slice(0, query.limit);
  const last = matching.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((each) =>
      each.ticket === undefined ? each : withoutPlace(each, rankOf(waitlistOf(each), each.ticket)),
    ),
    next: last ? { enrolledAt: last.enrolledAt, id: last.id } : null,
  };
}
