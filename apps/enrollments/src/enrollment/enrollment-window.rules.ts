import { isMatched } from '@registrar/eligibility';
import type { MatchedStudent } from '@registrar/eligibility';
import type { Seats, SemesterRules } from './enrollment.types.ts';

type Window = Pick<SemesterRules, 'enrollmentOpensAt' | 'enrollmentClosesAt' | 'tickets' | 'pausedAt'>;

/** When enrollment opens for a student, and by which ticket. */
interface OwnOpening {
  /** RFC 3339. */
  opensAt: string;
  /** Name of the ticket; null where the general opening counts. */
  ticket: string | null;
}

/**
 * When enrollment opens for a student: with the earliest ticket that matches, at the general opening where none does.
 */
export function openingFor(
  { enrollmentOpensAt, tickets }: Pick<Window, 'enrollmentOpensAt' | 'tickets'>,
  student: MatchedStudent,
): OwnOpening {
  let own: OwnOpening | undefined;
  for (const { name, match, opensAt } of tickets) {
    if (own && own.opensAt <= opensAt) continue;
    if (isMatched(match, student)) own = { opensAt, ticket: name };
  }
  return own ?? { opensAt: enrollmentOpensAt, ticket: null };
}

/** Whether registration pauses. @param now RFC 3339 */
export function isPaused({ pausedAt }: Pick<Window, 'pausedAt'>, now: string): boolean {
  return pausedAt !== null && now >= pausedAt;
}

/** Whether the enrollment window of a semester is open, for some student at least. @param now RFC 3339 */
export function isWindowOpen(semester: Window, now: string): boolean {
  const opensAt = openingsOf(semester)[0] ?? semester.enrollmentOpensAt;
  return now >= opensAt && now < semester.enrollmentClosesAt && !isPaused(semester, now);
}

/** The moments at which enrollment opens for some students, in order, each once. */
export function openingsOf({
  enrollmentOpensAt,
  tickets,
}: Pick<Window, 'enrollmentOpensAt' | 'tickets'>): string[] {
  return [...new Set([enrollmentOpensAt, ...tickets.map(({ opensAt }) => opensAt)])].sort();
}

/** When enrollment in a course closes: with the semester, or earlier or later by its own time. */
export function closingOf(
  { enrollmentClosesAt }: Pick<Seats, 'enrollmentClosesAt'>,
  semester: Pick<Window, 'enrollmentClosesAt'>,
): string {
  return enrollmentClosesAt ?? semester.enrollmentClosesAt;
}

/** What promotions are judged by, before the student. */
interface PromotionTerms {
  seats: Pick<Seats, 'status' | 'enrollmentClosesAt'>;
  semester: Window;
  /** RFC 3339. */
  now: string;
}

/**
 * Whether waiting students may be promoted: `allowed` while the course is open, and enrollment in it for somebody
 * (whether for the one who waits, is a rule); `later` before the first opening and while registration pauses; `over`
 * where only a change of the course or the semester brings it about.
 */
export function promotionState({ seats, semester, now }: PromotionTerms): 'allowed' | 'later' | 'over' {
  const enrollmentClosesAt = closingOf(seats, semester);
  if (seats.status !== 'open' || now >= enrollmentClosesAt) return 'over';
  return isWindowOpen({ ...semester, enrollmentClosesAt }, now) ? 'allowed' : 'later';
}

/** Whether waiting students may be promoted now, as far as course and semester say. */
export function promotionAllowed(terms: PromotionTerms): boolean {
  return promotionState(terms) === 'allowed';
}
