import { describe, expect, it } from 'vitest';
import {
  campus,
  enrollmentOf,
  entryOf,
  offeringOf,
  recordOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import { complete } from './complete.ts';
import { CoursePlan } from './course-plan.ts';
import { StudentPlan } from './student-plan.ts';

const dayMs = 86_400_000;
const completed = Date.parse('2027-05-15T12:00:00.000Z');
const at = (days: number) => new Date(completed + days * dayMs).toISOString();
const by = { actorId: 'usr_t', actorRole: 'instructor', reason: null, override: [] };

/** Taken, completed, and its grade corrected on the 20th day. */
const record = enrollmentOf('algebra', {
  status: 'completed',
  grade: 'B',
  enrolledAt: at(-100),
  updatedAt: at(20),
  version: 3,
  history: [
    { ...by, at: at(-100), action: 'enrolled', status: 'enrolled' },
    { ...by, at: at(0), action: 'completed', status: 'completed' },
    { ...by, at: at(20), action: 'completed', status: 'completed' },
  ],
});

function undo(day: number, role: 'instructor' | 'registrar') {
  const course = new CoursePlan(seatsOf('algebra'), offeringOf('algebra'), semesterRules());
  const entries = [entryOf('algebra', 'completed')];
  const semester = { userId: 'usr_a', semesterId: 'spring', version: 2, entries, retryDue: false };
  const student = new StudentPlan(semester, new Map([['algebra', record]]), recordOf('usr_a'));
  const actor = { id: 'usr_t', role };
  return complete(course, student, { actor, status: 'enrolled', grade: undefined }, { now: at(day), campus });
}

describe('the undoing of a completion', () => {
  it.each([
    ['instructor', 30, 200],
    ['instructor', 30.01, 409],
    ['registrar', 300, 200],
  ] as const)(
    'by a %s %s days after it is answered %s, whenever its grade was corrected',
    (role, day, status) => {
      expect(undo(day, role)).toMatchObject({ status });
    },
  );
});
