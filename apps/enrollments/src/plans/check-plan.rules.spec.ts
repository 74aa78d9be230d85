import type { PlanEntry } from '@registrar/contracts-enrollments';
import { describe, expect, it } from 'vitest';
import {
  campus,
  entryOf,
  meeting,
  now,
  offeringOf,
  recordOf,
  seatsOf,
  semesterRules,
} from '../enrollment/testing/builders.ts';
import type { Offering, Seats, StudentEntry } from '../enrollment/enrollment.types.ts';
import { StudentPlan } from '../registration/planning/student-plan.ts';
import { checkPlan } from './check-plan.rules.ts';

type Courses = Record<string, { offering?: Partial<Offering>; seats?: Partial<Seats> }>;

function check(courses: Courses, entries: PlanEntry[], held: StudentEntry[] = [], rules = semesterRules()) {
  const those = Object.entries(courses).map(([id, { offering = {}, seats = {} }]) => {
    return { offering: offeringOf(id, offering), seats: seatsOf(id, seats), semester: rules };
  });
  const own = { userId: 'usr_a', semesterId: 'spring', version: 1, entries: held, retryDue: false };
  const student = new StudentPlan(own, new Map(), recordOf('usr_a'));
  const offerings = new Map(those.map(({ offering }) => [offering.courseId, offering]));
  const checked = checkPlan(entries, { courses: those, student, offerings, now, campus });
  return checked.map(({ chosen, choices }) => ({
    chosen,
    problems: choices.map(({ problems }) => problems.map(({ courseId, code }) => `${courseId} ${code}`)),
  }));
}

function entry(choices: string[][], joinWaitlist = false): PlanEntry {
  return {
    joinWaitlist,
    choices: choices.map((ids) => ({ courses: ids.map((courseId) => ({ courseId })) })),
  };
}

const full = { seats: { enrolledCount: 2 } };

describe('the check of a plan', () => {
  it('chooses the first choice that is possible, and judges all of them', () => {
    expect(check({ a: full, b: {}, c: {} }, [entry([['a'], ['b'], ['c']])])).toEqual([
      { chosen: 1, problems: [['a seat_unavailable'], [], []] },
    ]);
    expect(check({ a: full }, [entry([['a']])])).toEqual([
      { chosen: null, problems: [['a seat_unavailable']] },
    ]);
  });

  it('takes a place on the waitlist where the entry asks for one', () => {
    expect(check({ a: full }, [entry([['a']], true)])).toEqual([{ chosen: 0, problems: [[]] }]);
    const crowded = { seats: { enrolledCount: 2, waitlistedCount: 2 } };
    expect(check({ a: crowded }, [entry([['a']], true)])).toEqual([
      { chosen: null, problems: [['a waitlist_full']] },
    ]);
  });

  it('judges each entry as after what those before it chose, and its choices not after one another', () => {
    const monday = { offering: { meetings: [meeting('mon')] } };
    const tuesday = { offering: { meetings: [meeting('tue')] } };
    const courses = { a: monday, b: monday, c: tuesday, d: tuesday };
    expect(check(courses, [entry([['a'], ['b']]), entry([['b'], ['c']]), entry([['d']])])).toEqual([
      { chosen: 0, problems: [[], []] },
      { chosen: 1, problems: [['b time_conflict'], []] },
      { chosen: null, problems: [['d time_conflict']] },
    ]);
  });

  it('counts credits over the entries', () => {
    const six = { offering: { credits: 6 } };
    const rules = semesterRules({ creditLimit: 12 });
    const entries = [entry([['a']]), entry([['b']]), entry([['c']])];
    expect(check({ a: six, b: six, c: six }, entries, [], rules).map(({ chosen }) => chosen)).toEqual([
      0,
      0,
      null,
    ]);
  });

  it('judges the courses of a choice together', () => {
    const lecture = { offering: { linked: [{ component: 'lab', courseIds: ['lab'] }] } };
    const lab = { offering: { component: 'lab' }, seats: { linkedFrom: ['lecture'] } };
    expect(check({ lecture, lab }, [entry([['lecture'], ['lab'], ['lecture', 'lab']])])).toEqual([
      {
        chosen: 2,
        problems: [['lecture linked_section_required'], ['lab linked_section_required'], []],
      },
    ]);
  });

  it('shows what is held already, and courses that are no more', () => {
    const held = [entryOf('a', 'enrolled')];
    const draft = { seats: { status: 'draft' as const } };
    expect(check({ a: {}, b: draft }, [entry([['a'], ['b'], ['gone']])], held)).toEqual([
      {
        chosen: null,
        problems: [['a already_enrolled'], ['b course_not_found'], ['gone course_not_found']],
      },
    ]);
  });
});
