import { expect, it } from 'vitest';
import type { StudentEntry } from '../../enrollment/enrollment.types.ts';
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
import { coursePlansOf } from './course-plan.ts';
import { coursesOf, enrollment } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';
import { impliedBy, judgeChangeSet } from './judge-changes.ts';
import { planChangeSet } from './set-plan.ts';
import { StudentPlan } from './student-plan.ts';
import { enrollmentId } from './transition.ts';

const userId = 'usr_new';
const actor = { id: userId, role: 'student' } as const;
const semester = semesterRules();

function studentWith(entries: StudentEntry[]): StudentPlan {
  const enrollments = entries.map(({ courseId, code, credits, status }) => {
    const place = { id: enrollmentId(courseId, userId), userId, courseCode: code, credits, status };
    return [courseId, enrollmentOf(courseId, place)] as const;
  });
  const before = { userId, semesterId: semester.id, version: 1, entries, retryDue: false };
  return new StudentPlan(before, new Map(enrollments), recordOf(userId));
}

it('gives a newcomer no seat that a reservation has just released to the waitlist', () => {
  const match = { groups: ['honors'] };
  const reservations = [{ name: 'Honors', seats: 1, match, releasesAt: now }];
  const limits = { capacity: 1, waitlistCapacity: 5, waitlistedCount: 1, nextTicket: 2, reservations };
  const courses = coursePlansOf([
    { seats: seatsOf('crs_kept', limits), offering: offeringOf('crs_kept'), semester },
    { seats: seatsOf('crs_other', { capacity: 5 }), offering: offeringOf('crs_other'), semester },
  ]);
  const students = new Map([[userId, studentWith([])]]);
  const one = enrollment({ courseId: 'crs_kept', joinWaitlist: true, userId, actor, request: undefined });
  const add = [...one.add, { courseId: 'crs_other', joinWaitlist: false }];
  const view = { courses, students, heads: new Map(), offerings: new Map(), now, campus };
  planChangeSet({ ...one, add, answer: 'results' }, view);
  expect(courses.get('crs_kept')?.seats).toMatchObject({
    enrolledCount: 0,
    waitlistedCount: 2,
    promotion: { after: 0 },
  });
});

it('reads every course that it judges: in mode each a lecture ends with its lab before the other one is taken', () => {
  const linked = [{ component: 'lab', courseIds: ['crs_lab'] }];
  const offerings = new Map(
    ['crs_one', 'crs_two', 'crs_lab'].map((id) => [
      id,
      offeringOf(id, id === 'crs_lab' ? { component: 'lab' } : { linked }),
    ]),
  );
  const student = studentWith([
    entryOf('crs_one', 'enrolled'),
    entryOf('crs_lab', 'enrolled', { component: 'lab' }),
  ]);
  const set: ChangeSet = {
    kind: 'change',
    mode: 'each',
    answer: 'results',
    userId,
    actor,
    add: [{ courseId: 'crs_two', joinWaitlist: false }],
    drop: [{ courseId: 'crs_one', whenEnded: 'unchanged' }],
    override: new Set(),
    request: undefined,
  };
  const read = [...coursesOf(set), ...impliedBy(set, student, (id) => offerings.get(id))];
  const courses = coursePlansOf(
    read.map((id) => ({ seats: seatsOf(id), offering: offerings.get(id) ?? offeringOf(id), semester })),
  );
  const results = judgeChangeSet(set, courses, student, { now, campus, offerings });
  expect(results).toMatchObject([
    { action: 'drop', record: { status: 'dropped' } },
    { action: 'add', problems: [{ code: 'linked_section_required' }] },
  ]);
});
