import type { Enrollment, OwnEnrollmentsQuery } from '@registrar/contracts-enrollments';
import type { OwnEnrollment } from './list-body.ts';
import { newestFirst } from './list-body.ts';

/** Where a page ends: the last enrollment on it. */
export interface OwnPosition {
  enrolledAt: string;
  id: string;
}

/** One page of one's own enrollments. */
interface OwnPage {
  items: Enrollment[];
  next: OwnPosition | null;
}

/** The page of `all` (newest first) that `query` wants, after `position`; positions on waitlists come from `rankOf`. */
export function ownPage(
  all: readonly OwnEnrollment[],
  query: Pick<OwnEnrollmentsQuery, 'semesterId' | 'status' | 'limit'>,
  position: OwnPosition | undefined,
  rankOf: (courseId: string, ticket: number) => number | null,
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
    items: shown.map(({ ticket, ...view }) =>
      ticket === undefined ? view : { ...view, waitlistPosition: rankOf(view.courseId, ticket) },
    ),
    next: last ? { enrolledAt: last.enrolledAt, id: last.id } : null,
  };
}
