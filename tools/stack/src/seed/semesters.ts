import type { PutSemesterRequest } from '@registrar/contracts-courses';
import { demoRules } from './rules.ts';

/** A semester as `PUT /api/semesters/:id` takes it, with its id. */
export interface DemoSemester {
  readonly id: string;
  readonly body: PutSemesterRequest;
}

const dayMs = 86_400_000;
/** From the first day of one semester to the first day of the next. */
const apartDays = 183;
const lengthDays = 112;
/** Enrollment opens that long before the first day and closes with the last one, for a demo is tried at any time. */
const openBeforeDays = 45;
const creditLimit = 18;

/** By the month of the first day, three months each from December on. */
const seasons = ['winter', 'spring', 'summer', 'fall'] as const;

function semester(startsOn: Date, current: boolean): DemoSemester {
  const after = (days: number): Date => new Date(startsOn.getTime() + days * dayMs);
  const date = (at: Date): string => at.toISOString().slice(0, 10);
  const season = seasons[Math.floor(((startsOn.getUTCMonth() + 1) % 12) / 3)] ?? 'winter';
  const year = startsOn.getUTCFullYear();
  const tickets = demoRules.tickets.map(({ name, match, daysBefore }) => {
    return { name, match, opensAt: after(-openBeforeDays - daysBefore).toISOString() };
  });
  return {
    id: `${year}-${season}`,
    body: {
      name: `${season.charAt(0).toUpperCase()}${season.slice(1)} ${year}`,
      startsOn: date(startsOn),
      endsOn: date(after(lengthDays)),
      enrollmentOpensAt: after(-openBeforeDays).toISOString(),
      enrollmentClosesAt: after(lengthDays).toISOString(),
      dropDeadlineAt: after(lengthDays - 28).toISOString(),
      withdrawDeadlineAt: after(lengthDays - 7).toISOString(),
      creditLimit,
      current,
      ...{ tickets },
    },
  };
}

/**
 * Three semesters around a moment: one past, the current one, whose enrollment is open and whose first day is
 * two weeks away, and the next.
 */
export function demoSemesters(now: Date): { past: DemoSemester; current: DemoSemester; next: DemoSemester } {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const start = (days: number): Date => new Date(midnight + days * dayMs);
  return {
    past: semester(start(14 - apartDays), false),
    current: semester(start(14), true),
    next: semester(start(14 + apartDays), false),
  };
}
