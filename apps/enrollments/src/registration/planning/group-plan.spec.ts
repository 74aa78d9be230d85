import { describe, expect, it } from 'vitest';
import {
  campus,
  enrollmentOf,
  recordOf,
  entryOf,
  now,
  offeringOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import type { Command } from './commands.ts';
import { CoursePlan } from './course-plan.ts';
import { dropping } from '../testing/changes.ts';
import { planGroup } from './group-plan.ts';
import { StudentPlan } from './student-plan.ts';

const waiting = enrollmentOf('algebra', { status: 'waitlisted', ticket: 1 });

/**
 * A course that owes its free seat to a student who has no credits left, in one commit with `command`.
 *
 * @param seen whether the enrollment of the student has been seen
 */
function commit(command: Command, seen = true) {
  const [algebra, history] = [offeringOf('algebra'), offeringOf('history', { credits: 18 })];
  const seats = { enrolledCount: 1, waitlistedCount: 1, nextTicket: 2, promotion: { after: 0, kept: 0 } };
  const course = new CoursePlan(seatsOf('algebra', seats), algebra, semesterRules());
  const entries = [entryOf('algebra', 'waitlisted'), entryOf('history', 'enrolled', { credits: 18 })];
  const semester = { userId: 'usr_a', semesterId: 'spring', version: 2, entries, retryDue: false };
  const student = new StudentPlan(semester, new Map(seen ? [['algebra', waiting]] : []), recordOf('usr_a'));
  const students = new Map([['usr_a', student]]);
  const place = { courseId: 'algebra', ticket: 1, userId: 'usr_a', isNotified: false, passedOver: null };
  const head = {
    places: [place],
    isWhole: true,
    students,
    offerings: new Map([['history', history]]),
    others: new Map<string, CoursePlan>(),
  };
  const places = new Map([['usr_a', place]]);
  planGroup({ course, students, head, places, ending: [], now, campus }, [command], () => false);
  const { promotion } = course.seats;
  return { places: course.places, events: course.events.map(({ change }) => change), promotion };
}

describe('work of a course that goes on while nobody may be promoted', () => {
  it.each([
    ['opens later', { enrollmentOpensAt: '2027-01-20T08:00:00.000Z' }],
    ['has closed', { enrollmentClosesAt: '2027-01-10T08:00:00.000Z' }],
  ])('is written with its debt where the window %s, so that it is parked', (_, window) => {
    const owing = { enrolledCount: 1, waitlistedCount: 1, promotion: { after: 0, kept: 0 } };
    const course = new CoursePlan(seatsOf('algebra', owing), offeringOf('algebra'), semesterRules(window));
    const head = { places: [], isWhole: false, students: new Map(), offerings: new Map(), others: new Map() };
    const view = { course, students: new Map(), head, places: new Map(), ending: [], now, campus };
    planGroup(view, [{ kind: 'continue' }], () => false);
    expect([course.isChanged, course.seats.promotion]).toEqual([true, owing.promotion]);
  });
});

describe('a waitlist that is to be judged from its head again, in a commit that had read it from further back', () => {
  it('is left to the next commit, which reads its head', () => {
    const releasesAt = now;
    const reservations = [{ name: 'Honors', seats: 1, match: { groups: ['honors'] }, releasesAt }];
    const owing = { enrolledCount: 1, waitlistedCount: 2, promotion: { after: 1, kept: 1 }, reservations };
    const course = new CoursePlan(seatsOf('algebra', owing), offeringOf('algebra'), semesterRules());
    const place = { courseId: 'algebra', ticket: 2, userId: 'usr_a', isNotified: true, passedOver: null };
    const semester = { userId: 'usr_a', semesterId: 'spring', version: 2, entries: [], retryDue: false };
    const record = { ...waiting, ticket: 2 };
    const student = new StudentPlan(semester, new Map([['algebra', record]]), recordOf('usr_a'));
    const students = new Map([['usr_a', student]]);
    const head = { places: [place], isWhole: true, students, offerings: new Map(), others: new Map() };
    const view = { course, students, head, places: new Map(), ending: [], now, campus };
    planGroup(view, [{ kind: 'continue' }], () => false);
    expect([course.events, course.seats.promotion]).toEqual([[], { after: 0, kept: 0 }]);
  });
});

// A transaction takes one operation an item; the store refuses it whole where a place has two.
describe('a student who is passed over in a commit', () => {
  it('and gives the place up in the same one leaves one change of it', () => {
    expect(commit(dropping('algebra', 'usr_a'))).toEqual({
      places: [{ kind: 'remove', courseId: 'algebra', ticket: 1 }],
      events: ['passed-over', 'dropped'],
      promotion: null,
    });
  });

  it('and is judged again in the same one is told once', () => {
    expect(commit({ kind: 'reconsider', courseId: 'algebra', userId: 'usr_a' })).toEqual({
      places: [{ kind: 'kept', place: expect.objectContaining({ ticket: 1, isNotified: true }) }],
      events: ['passed-over'],
      promotion: null,
    });
  });
});

describe('a student whose place is seen, and whose enrollment is not yet', () => {
  it('leaves the seat owed to the waitlist, for the next commit to judge', () => {
    expect(commit({ kind: 'continue' }, false)).toEqual({
      places: [],
      events: [],
      promotion: { after: 0, kept: 0 },
    });
  });
});
