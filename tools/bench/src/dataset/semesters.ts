import type { PutSemesterRequest } from '@registrar/contracts-courses';

/** A semester and the body of its `PUT`. */
export interface PlannedSemester {
  readonly id: string;
  readonly current: boolean;
  readonly body: PutSemesterRequest;
}

const dayMs = 86_400_000;
const lengthDays = 120;

function semester(
  id: string,
  name: string,
  now: Date,
  startsInDays: number,
  current: boolean,
): PlannedSemester {
  const day = (days: number): Date => new Date(now.getTime() + days * dayMs);
  const dateOf = (days: number): string => day(days).toISOString().slice(0, 10);
  return {
    id,
    current,
    body: {
      name,
      startsOn: dateOf(startsInDays),
      endsOn: dateOf(startsInDays + lengthDays),
      // Past semesters are open too: their enrollments are loaded by the same API.
      enrollmentOpensAt: day(-500).toISOString(),
      enrollmentClosesAt: day(400).toISOString(),
      dropDeadlineAt: day(400).toISOString(),
      withdrawDeadlineAt: day(401).toISOString(),
      creditLimit: 60,
      current,
    },
  };
}

/** Four semesters around `now`: two that are over, the current one and the next. */
export function plannedSemesters(now: Date): PlannedSemester[] {
  return [
    semester('bench-past-2', 'Autumn before last', now, -250, false),
    semester('bench-past-1', 'Last spring', now, -130, false),
    semester('bench-current', 'This autumn', now, -5, true),
    semester('bench-next', 'Next spring', now, 120, false),
  ];
}
