import { describe, expect, it } from 'vitest';
import type { EnrollmentRecord } from '../../enrollment/enrollment.types.ts';
import {
  campus,
  enrollmentOf,
  entryOf,
  now,
  offeringOf,
  recordOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import { amend } from './amend.ts';
import { CoursePlan } from './course-plan.ts';
import { StudentPlan } from './student-plan.ts';

const record = enrollmentOf('algebra', { status: 'waitlisted', ticket: 1, dropOnPromotion: 'enr_art_a' });

/** The student's plan after a change of what is dropped for the seat. */
function amended(dropOnPromotion: string | null, history: EnrollmentRecord['history'] = []): StudentPlan {
  const course = new CoursePlan(seatsOf('algebra'), offeringOf('algebra'), semesterRules());
  const entries = [entryOf('algebra', 'waitlisted')];
  const semester = { userId: 'usr_a', semesterId: 'spring', version: 2, entries, retryDue: false };
  const student = new StudentPlan(
    semester,
    new Map([['algebra', { ...record, history }]]),
    recordOf('usr_a'),
  );
  const actor = { id: 'usr_a', role: 'student' } as const;
  amend(course, student, { actor, credits: undefined, dropOnPromotion }, { now, campus });
  return student;
}

describe('what is dropped when a waiting place becomes a seat', () => {
  it.each(['enr_history_a', null])('may be changed to %s: the place is judged again with that', (other) => {
    const student = amended(other);
    expect(student.enrollmentIn('algebra')).toMatchObject({ dropOnPromotion: other, version: 2 });
    expect([student.now.version, student.retryDue]).toEqual([3, true]);
  });

  it('carries on what a registrar set aside for the place', () => {
    const actor = { actorId: 'usr_r', actorRole: 'registrar' } as const;
    const beginning = {
      at: now,
      ...actor,
      action: 'waitlisted',
      status: 'waitlisted',
      reason: null,
    } as const;
    const student = amended(null, [{ ...beginning, override: ['time_conflict'] }]);
    expect(student.enrollmentIn('algebra')?.history).toMatchObject([
      { action: 'waitlisted' },
      { action: 'amended', override: ['time_conflict'] },
    ]);
  });

  it('stays as it is where it is that already, and nothing is judged', () => {
    const student = amended('enr_art_a');
    expect([student.changes, student.retryDue]).toEqual([[], false]);
  });
});
