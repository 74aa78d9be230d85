import { describe, expect, it } from 'vitest';
import {
  campus,
  now,
  offeringOf,
  recordOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import type { ChangeSet } from './change-set.ts';
import { coursePlansOf } from './course-plan.ts';
import { planChangeSet } from './set-plan.ts';
import { StudentPlan } from './student-plan.ts';

const userId = 'usr_a';

/** Takes two courses, the first with a reservation that is released at `releasesAt` and somebody who waits. */
function take(releasesAt: string) {
  const reservations = [{ name: 'Honors', seats: 1, match: { levels: ['senior'] }, releasesAt }];
  const semester = semesterRules();
  const courses = coursePlansOf([
    {
      seats: seatsOf('algebra', { capacity: 1, reservations, waitlistedCount: 1, nextTicket: 2 }),
      offering: offeringOf('algebra'),
      semester,
    },
    { seats: seatsOf('history'), offering: offeringOf('history'), semester },
  ]);
  const before = { userId, semesterId: 'spring', version: 1, entries: [], retryDue: false };
  const record = recordOf(userId, { level: 'senior' });
  const students = new Map([[userId, new StudentPlan(before, new Map(), record)]]);
  const add = ['algebra', 'history'].map((courseId) => ({ courseId, joinWaitlist: false }));
  const set: ChangeSet = {
    kind: 'change',
    mode: 'each',
    answer: 'results',
    userId,
    actor: { id: userId, role: 'student' },
    add,
    drop: [],
    override: new Set(),
    request: undefined,
  };
  const answer = planChangeSet(set, {
    courses,
    students,
    heads: new Map(),
    offerings: new Map(),
    now,
    campus,
  });
  const { results } = (answer as { body: { results: { outcome: string; problems: { code: string }[] }[] } })
    .body;
  return {
    outcomes: results.map(({ outcome, problems }) => problems[0]?.code ?? outcome),
    promotion: courses.get('algebra')?.seats.promotion,
  };
}

describe('a change set over several courses', () => {
  it('takes a reserved seat for whom it is, past those who wait for a general one', () => {
    expect(take('2027-01-15T12:00:00.001Z')).toEqual({ outcomes: ['enrolled', 'enrolled'], promotion: null });
  });

  it('gets no seat that was released by now before who waits', () => {
    expect(take(now)).toEqual({
      outcomes: ['seat_unavailable', 'enrolled'],
      promotion: { after: 0, kept: 0 },
    });
  });
});
