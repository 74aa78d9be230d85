import { describe, expect, it } from 'vitest';
import {
  campus,
  enrollmentOf,
  entryOf,
  meeting,
  now,
  offeringOf,
  recordOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import type {
  EnrollmentRecord,
  Offering,
  Seats,
  SemesterRules,
  StudentEntry,
} from '../../enrollment/enrollment.types.ts';
import type { StudentRecord } from '../../enrollment/student-record/student-record.types.ts';
import { dryRunAnswer } from './change-answers.ts';
import type { Addition, ChangeSet } from './change-set.ts';
import { CoursePlan } from './course-plan.ts';
import { judgeChangeSet } from './judge-changes.ts';
import { StudentPlan } from './student-plan.ts';
import { enrollmentId } from './transition.ts';

const userId = 'usr_a';
const lab = (id: string, change: Partial<Offering> = {}) =>
  offeringOf(id, { code: 'PHYS 1', component: 'lab', credits: 1, ...change });
const lecture = offeringOf('crs_lec', {
  code: 'PHYS 1',
  linked: [{ component: 'lab', courseIds: ['crs_lab1', 'crs_lab2'] }],
  meetings: [meeting('mon')],
});
const offerings: Record<string, Offering> = {
  crs_lec: lecture,
  crs_lab1: lab('crs_lab1', { meetings: [meeting('tue')] }),
  crs_lab2: lab('crs_lab2', { meetings: [meeting('wed')] }),
  crs_art: offeringOf('crs_art', { meetings: [meeting('mon', '10:00', '11:00')] }),
  crs_math: offeringOf('crs_math'),
  crs_math2: offeringOf('crs_math2', { code: 'CRS_MATH' }),
  crs_seq: offeringOf('crs_seq', { requirement: { course: 'CRS_MATH', concurrent: true } }),
};
const linkedFrom: Record<string, string[]> = { crs_lab1: ['crs_lec'], crs_lab2: ['crs_lec'] };

interface Situation {
  seats?: Record<string, Partial<Seats>>;
  has?: Record<string, StudentEntry['status']>;
  record?: Partial<StudentRecord>;
  semester?: Partial<SemesterRules>;
  offering?: Record<string, Partial<Offering>>;
}

function enrollmentIn(courseId: string, status: StudentEntry['status']): EnrollmentRecord {
  const ticket = status === 'waitlisted' ? 1 : null;
  const courseCode = offerings[courseId]?.code ?? '';
  return enrollmentOf(courseId, { id: enrollmentId(courseId, userId), userId, courseCode, status, ticket });
}

/** Judges a set for one student of the situation. */
function judge(
  set: { add?: (string | Partial<Addition>)[]; drop?: string[]; mode?: ChangeSet['mode'] },
  { seats = {}, has = {}, record = {}, semester = {}, offering = {} }: Situation = {},
) {
  const rules = semesterRules(semester);
  const of = (id: string) => ({ ...(offerings[id] ?? offeringOf(id)), ...offering[id] });
  const courses = new Map(
    Object.keys(offerings).map((id) => {
      const limits = { capacity: 2, waitlistCapacity: 2, linkedFrom: linkedFrom[id] ?? [] };
      return [id, new CoursePlan(seatsOf(id, { ...limits, ...seats[id] }), of(id), rules)] as const;
    }),
  );
  const entries = Object.entries(has).map(([id, status]) => {
    const { code, component, credits } = of(id);
    return entryOf(id, status, { code, component, credits });
  });
  const student = new StudentPlan(
    { userId, semesterId: 'spring', version: 1, entries, retryDue: false },
    new Map(Object.entries(has).map(([id, status]) => [id, enrollmentIn(id, status)])),
    recordOf(userId, record),
  );
  const add = (set.add ?? []).map((each): Addition => {
    return { joinWaitlist: false, ...(typeof each === 'string' ? { courseId: each } : each) } as Addition;
  });
  const drop = (set.drop ?? []).map((courseId) => ({ courseId, whenEnded: 'unchanged' as const }));
  const change: ChangeSet = {
    kind: 'change',
    mode: set.mode ?? 'all',
    answer: 'results',
    userId,
    actor: { id: userId, role: 'student' },
    add,
    drop,
    override: new Set(),
    request: undefined,
  };
  const results = judgeChangeSet(change, courses, student, {
    now,
    campus,
    offerings: new Map(Object.keys(offerings).map((id) => [id, of(id)])),
  });
  if ('refusal' in results)
    return { refusal: results.refusal.code, outcomes: {}, problems: {}, student, courses };
  const { results: views } = dryRunAnswer(change, results);
  return {
    outcomes: Object.fromEntries(views.map(({ courseId, outcome }) => [courseId, outcome])),
    problems: Object.fromEntries(
      views.map(({ courseId, problems }) => [courseId, problems.map(({ code }) => code)]),
    ),
    details: views.flatMap(({ problems }) => problems),
    student,
    courses,
  };
}

const full = { enrolledCount: 2 };
const statusIn = (student: StudentPlan, id: string) => student.enrollmentIn(id)?.status;

describe('a lecture with labs', () => {
  it('is taken with one of them', () => {
    const { outcomes } = judge({ add: ['crs_lec', 'crs_lab1'] });
    expect(outcomes).toEqual({ crs_lec: 'enrolled', crs_lab1: 'enrolled' });
  });

  it('is refused without one, with the labs to choose from', () => {
    const { problems, details } = judge({ add: ['crs_lec'] });
    expect(problems).toEqual({ crs_lec: ['linked_section_required'] });
    expect(details?.[0]).toMatchObject({ options: [['crs_lab1', 'crs_lab2']] });
  });

  it('is taken alone by who holds a lab of it already', () => {
    expect(judge({ add: ['crs_lec'] }, { has: { crs_lab2: 'enrolled' } }).outcomes).toEqual({
      crs_lec: 'enrolled',
    });
  });

  it('has its labs refused alone, with nothing to choose', () => {
    const { problems, details } = judge({ add: ['crs_lab1'] });
    expect(problems).toEqual({ crs_lab1: ['linked_section_required'] });
    expect(details?.[0]).toMatchObject({ options: [] });
  });

  it('takes a lab along when it is dropped', () => {
    const has = { crs_lec: 'enrolled', crs_lab1: 'enrolled' } as const;
    const { outcomes, student } = judge({ drop: ['crs_lec'] }, { has });
    expect(outcomes).toEqual({ crs_lec: 'dropped' });
    expect(statusIn(student, 'crs_lab1')).toBe('dropped');
  });

  it('keeps a lab that another lecture names, until that one is dropped too', () => {
    const { linked } = lecture;
    const has = { crs_lec: 'enrolled', crs_art: 'enrolled', crs_lab1: 'enrolled' } as const;
    const offering = { crs_art: { linked } };
    expect(statusIn(judge({ drop: ['crs_lec'] }, { has, offering }).student, 'crs_lab1')).toBe('enrolled');
    const both = judge({ drop: ['crs_lec', 'crs_art'] }, { has, offering });
    expect(statusIn(both.student, 'crs_lab1')).toBe('dropped');
  });

  it('does not let its lab go alone, but for another one', () => {
    const has = { crs_lec: 'enrolled', crs_lab1: 'enrolled' } as const;
    expect(judge({ drop: ['crs_lab1'] }, { has }).problems).toEqual({
      crs_lab1: ['linked_section_required'],
    });
    expect(judge({ drop: ['crs_lab1'], add: ['crs_lab2'] }, { has }).outcomes).toEqual({
      crs_lab1: 'dropped',
      crs_lab2: 'enrolled',
    });
  });

  it('waits whole where one part is full and asks for it', () => {
    const seats = { crs_lab1: full };
    const { outcomes, courses } = judge(
      { add: ['crs_lec', { courseId: 'crs_lab1', joinWaitlist: true }] },
      { seats },
    );
    expect(outcomes).toEqual({ crs_lec: 'waitlisted', crs_lab1: 'waitlisted' });
    expect(courses.get('crs_lec')?.seats).toMatchObject({ enrolledCount: 0, waitlistedCount: 1 });
  });

  it('is refused where a full part does not ask to wait; the part with a seat is unchanged', () => {
    const { outcomes, problems, student } = judge(
      { add: [{ courseId: 'crs_lec', joinWaitlist: true }, 'crs_lab1'] },
      { seats: { crs_lab1: full } },
    );
    expect(outcomes).toEqual({ crs_lec: 'unchanged', crs_lab1: 'refused' });
    expect(problems).toMatchObject({ crs_lab1: ['seat_unavailable'] });
    expect(student.changes).toEqual([]);
  });
});

describe('several changes at once', () => {
  it('are refused whole, with all problems of all entries', () => {
    const record = {
      holds: [
        { id: 'h', office: 'O', reason: 'r', blocks: ['enroll' as const], placedAt: now, placedBy: 'u' },
      ],
    };
    const { outcomes, problems, student } = judge(
      { add: ['crs_lec', 'crs_art', 'crs_math'], drop: ['crs_seq'] },
      { record, seats: { crs_math: full }, has: { crs_seq: 'enrolled' } },
    );
    expect(problems).toEqual({
      crs_seq: [],
      crs_lec: ['hold', 'linked_section_required', 'time_conflict'],
      crs_art: ['hold', 'time_conflict'],
      crs_math: ['hold', 'seat_unavailable'],
    });
    expect(outcomes).toMatchObject({ crs_seq: 'unchanged', crs_lec: 'refused' });
    expect(student.changes).toEqual([]);
  });

  it('are judged as after the drops', () => {
    const { outcomes } = judge(
      { add: ['crs_lec', 'crs_lab1'], drop: ['crs_art'] },
      { has: { crs_art: 'enrolled' } },
    );
    expect(outcomes).toEqual({ crs_art: 'dropped', crs_lec: 'enrolled', crs_lab1: 'enrolled' });
  });

  it('may require one another, in any order', () => {
    expect(judge({ add: ['crs_seq', 'crs_math'] }).outcomes).toEqual({
      crs_seq: 'enrolled',
      crs_math: 'enrolled',
    });
    expect(judge({ add: ['crs_seq'] }).problems).toEqual({ crs_seq: ['prerequisite_not_met'] });
  });

  it('are not in their own way where the student has them already', () => {
    const has = { crs_art: 'enrolled' } as const;
    expect(judge({ add: ['crs_art'] }, { has, semester: { creditLimit: 3 } }).problems).toEqual({
      crs_art: ['already_enrolled'],
    });
  });

  it('add up to the credit limit in the order given', () => {
    const { problems } = judge({ add: ['crs_math', 'crs_art', 'crs_seq'] }, { semester: { creditLimit: 6 } });
    expect(problems).toEqual({ crs_math: [], crs_art: [], crs_seq: ['credit_limit_exceeded'] });
  });

  it('in mode each do what no rule stops, each as after those before it', () => {
    const { outcomes, student } = judge(
      { mode: 'each', add: ['crs_seq', 'crs_math', 'crs_math2', 'crs_lec', 'crs_lab1', 'crs_art'], drop: [] },
      { seats: { crs_lab1: full } },
    );
    expect(outcomes).toEqual({
      crs_seq: 'refused',
      crs_math: 'enrolled',
      crs_math2: 'refused',
      crs_lec: 'unchanged',
      crs_lab1: 'refused',
      crs_art: 'enrolled',
    });
    expect(student.changes).toHaveLength(2);
  });

  it('leave what has ended as it is, and refuse to drop what is completed', () => {
    const has = { crs_math: 'dropped', crs_art: 'completed' } as const;
    const { outcomes, problems } = judge({ drop: ['crs_math', 'crs_art'], mode: 'each' }, { has });
    expect(outcomes).toEqual({ crs_math: 'unchanged', crs_art: 'refused' });
    expect(problems).toMatchObject({ crs_art: ['enrollment_completed'] });
  });

  it.each([
    [{ drop: ['crs_math'] }, 'enrollment_not_found'],
    [{ add: ['crs_none'] }, 'course_not_found'],
  ])('are not there as a whole for %j', (set, code) => expect(judge(set).refusal).toBe(code));
});

describe('a place that gives another one up on promotion', () => {
  const asks = { courseId: 'crs_math2', joinWaitlist: true, dropOnPromotion: 'crs_math' };
  const has = { crs_math: 'enrolled' } as const;

  it('changes both at once where a seat is free', () => {
    const { outcomes, student } = judge({ add: [asks] }, { has });
    expect(outcomes).toEqual({ crs_math2: 'enrolled' });
    expect(statusIn(student, 'crs_math')).toBe('dropped');
  });

  it('waits for another section of a code that is held, and keeps that one', () => {
    const { outcomes, student } = judge({ add: [asks] }, { has, seats: { crs_math2: full } });
    expect(outcomes).toEqual({ crs_math2: 'waitlisted' });
    expect(student.enrollmentIn('crs_math2')?.dropOnPromotion).toBe(enrollmentId('crs_math', userId));
    expect(statusIn(student, 'crs_math')).toBe('enrolled');
  });
});

describe('what is given up for a seat', () => {
  const has = { crs_lec: 'enrolled', crs_lab1: 'enrolled' } as const;
  const waits = { courseId: 'crs_math', joinWaitlist: true, dropOnPromotion: 'crs_lec' };
  const seats = { crs_math: full };

  it('stays with its lab while the student waits', () => {
    const { outcomes, student } = judge({ add: [waits] }, { has, seats });
    expect(outcomes).toEqual({ crs_math: 'waitlisted' });
    expect(['crs_lec', 'crs_lab1'].map((id) => statusIn(student, id))).toEqual(['enrolled', 'enrolled']);
  });

  it('leaves no room for others of the change while the student waits', () => {
    const { problems } = judge({ add: [waits, 'crs_art'], mode: 'all' }, { has, seats });
    expect(problems).toMatchObject({ crs_math: [], crs_art: ['time_conflict'] });
    expect(judge({ add: [waits, 'crs_art'], mode: 'all' }, { has }).outcomes).toEqual({
      crs_math: 'enrolled',
      crs_art: 'enrolled',
    });
  });

  it('goes with its lab, and not at all where that cannot be dropped any more', () => {
    const { student } = judge({ add: [waits] }, { has });
    expect(['crs_lec', 'crs_lab1'].map((id) => statusIn(student, id))).toEqual(['dropped', 'dropped']);
    const past = '2027-01-10T08:00:00.000Z';
    const offering = { crs_lab1: { dropDeadlineAt: past, withdrawDeadlineAt: past } };
    const late = judge({ add: [waits] }, { has, offering });
    expect(late.problems).toEqual({ crs_math: ['drop_period_closed'] });
    expect(statusIn(late.student, 'crs_lec')).toBe('enrolled');
  });
});

describe('a lecture that requires its own lab', () => {
  const offering = {
    crs_lec: { requirement: { course: 'PHYS 1 LAB', concurrent: true as const } },
    crs_lab1: { code: 'PHYS 1 LAB' },
  };

  it('waits with it where the lab is full', () => {
    const add = ['crs_lec', 'crs_lab1'].map((courseId) => ({ courseId, joinWaitlist: true }));
    const { outcomes } = judge({ add }, { offering, seats: { crs_lab1: full } });
    expect(outcomes).toEqual({ crs_lec: 'waitlisted', crs_lab1: 'waitlisted' });
  });
});

describe('a promotion of two courses', () => {
  it('counts the credits that were chosen for both', () => {
    const add = ['crs_math', 'crs_art'].map((courseId) => ({ courseId, isPromotion: true as const }));
    const offering = { crs_math: { credits: 6, minCredits: 1 }, crs_art: { credits: 1 } };
    // Of crs_math three are chosen.
    const has = { crs_math: 'waitlisted', crs_art: 'waitlisted' } as const;
    const { outcomes } = judge({ add }, { has, offering, record: { creditLimit: 4 } });
    expect(outcomes).toEqual({ crs_math: 'enrolled', crs_art: 'enrolled' });
  });
});

describe('reserved seats', () => {
  const reservations = [{ name: 'Honors', seats: 2, match: { groups: ['honors'] }, releasesAt: null }];
  const seats = { crs_math: { reservations } };

  it('are taken by whom they are for, and counted', () => {
    const { outcomes, student, courses } = judge(
      { add: ['crs_math'] },
      { seats, record: { groups: ['honors'] } },
    );
    expect(outcomes).toEqual({ crs_math: 'enrolled' });
    expect(student.enrollmentIn('crs_math')?.reservation).toBe('Honors');
    expect(courses.get('crs_math')?.seats.reserved).toEqual({ Honors: 1 });
  });

  it('are not for others, who may wait', () => {
    expect(judge({ add: ['crs_math'] }, { seats }).problems).toEqual({ crs_math: ['seat_reserved'] });
    const waiting = judge({ add: [{ courseId: 'crs_math', joinWaitlist: true }] }, { seats });
    expect(waiting.outcomes).toEqual({ crs_math: 'waitlisted' });
  });

  it('are for anybody once they are released', () => {
    const released = { crs_math: { reservations: [{ ...reservations[0]!, releasesAt: now }] } };
    const { outcomes, student } = judge({ add: ['crs_math'] }, { seats: released });
    expect(outcomes).toEqual({ crs_math: 'enrolled' });
    expect(student.enrollmentIn('crs_math')?.reservation).toBeNull();
  });
});

describe('a permit', () => {
  const permit = (allows: string[], change = {}) => ({
    id: 'pmt_1',
    courseId: 'crs_math',
    allows: allows as StudentRecord['permits'][number]['allows'],
    expiresAt: null,
    grantedAt: '2027-01-01T00:00:00.000Z',
    usedAt: null,
    ...change,
  });
  const offering = { crs_math: { consent: 'instructor' as const } };

  it('is needed where the instructor must consent, and used once', () => {
    expect(judge({ add: ['crs_math'] }, { offering }).problems).toEqual({
      crs_math: ['permission_required'],
    });
    const record = { permits: [permit(['permission_required'])] };
    const { outcomes, student } = judge({ add: ['crs_math'] }, { offering, record });
    expect(outcomes).toEqual({ crs_math: 'enrolled' });
    expect(student.usedPermits).toMatchObject([{ permitId: 'pmt_1' }]);
    expect(student.enrollmentIn('crs_math')?.history.at(-1)?.permitId).toBe('pmt_1');
    expect(student.record.permits).toEqual([]);
  });

  it.each([
    ['expired', permit(['permission_required'], { expiresAt: now })],
    ['of another course', permit(['permission_required'], { courseId: 'crs_art' })],
    ['for something else', permit(['restricted'])],
  ])('that is %s sets nothing aside', (_, useless) => {
    const { problems, student } = judge({ add: ['crs_math'] }, { offering, record: { permits: [useless] } });
    expect(problems).toEqual({ crs_math: ['permission_required'] });
    expect(student.usedPermits).toEqual([]);
  });

  it('is not used where no rule stops the student', () => {
    const { student } = judge(
      { add: ['crs_math'] },
      { record: { permits: [permit(['permission_required'])] } },
    );
    expect(student.usedPermits).toEqual([]);
  });

  it('gives a seat beyond the capacity rather than a place on the waitlist', () => {
    const record = { permits: [permit(['seat_unavailable'])] };
    const ask = { add: [{ courseId: 'crs_math', joinWaitlist: true }] };
    const { outcomes, courses } = judge(ask, { seats: { crs_math: full }, record });
    expect(outcomes).toEqual({ crs_math: 'enrolled' });
    expect(courses.get('crs_math')?.seats.enrolledCount).toBe(3);
  });
});
