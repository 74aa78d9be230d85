import { refusalCodes, refusalParams } from '@registrar/contracts-enrollments';
import type { RefusalCode } from '@registrar/contracts-enrollments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActiveHold } from '../../enrollment/student-record/student-record.types.ts';
import {
  campus,
  completionOf,
  recordOf,
  entryOf,
  meeting,
  now,
  offeringOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import { judgePromotion, judgeRequest } from './index.ts';
import { enrollment } from '../planning/change-set.ts';
import { CoursePlan } from '../planning/course-plan.ts';
import { judgeChangeSet } from '../planning/judge-changes.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import type { RuleCase } from './rule.ts';

/** A student who has completed these courses. */
function studentOf(codes: readonly string[]): RuleCase['student'] {
  const record = recordOf('usr_a', { completions: codes.map((code) => completionOf(code)) });
  return { entries: [], holds: [], creditLimit: null, eligibility: new Eligibility(record, campus.grades) };
}

type Fault = (ruleCase: RuleCase) => RuleCase;

const good: RuleCase = {
  seats: seatsOf('algebra'),
  offering: offeringOf('algebra', { meetings: [meeting('mon')] }),
  semester: semesterRules(),
  student: studentOf([]),
  offerings: new Map([['physics', offeringOf('physics', { meetings: [meeting('mon', '10:00', '11:00')] })]]),
  now,
  campus,
  credits: 3,
  together: { before: [], after: [] },
  place: { hasSeat: true, joinWaitlist: false, waits: false },
};

const withEntry = (ruleCase: RuleCase, entry: ReturnType<typeof entryOf>) => ({
  ...ruleCase,
  student: { ...ruleCase.student, entries: [...ruleCase.student.entries, entry] },
});

const bill: ActiveHold = {
  id: 'hld_1',
  office: 'Student Accounts',
  reason: 'A fee is open.',
  blocks: ['enroll'],
  placedAt: '2027-01-01T00:00:00.000Z',
  placedBy: 'usr_r',
};

/** What makes each refusal true, and only that one. */
const faults: Partial<Record<RefusalCode, Fault>> = {
  course_not_open: (ruleCase) => ({ ...ruleCase, seats: { ...ruleCase.seats, status: 'closed' } }),
  enrollment_window_closed: (ruleCase) => ({
    ...ruleCase,
    semester: { ...ruleCase.semester, enrollmentClosesAt: ruleCase.now },
  }),
  registration_paused: (ruleCase) => ({
    ...ruleCase,
    semester: { ...ruleCase.semester, pausedAt: ruleCase.now },
  }),
  hold: (ruleCase) => ({ ...ruleCase, student: { ...ruleCase.student, holds: [bill] } }),
  restricted: (ruleCase) => ({
    ...ruleCase,
    offering: { ...ruleCase.offering, restriction: { programs: ['MATH'] } },
  }),
  already_enrolled: (ruleCase) => withEntry(ruleCase, entryOf('algebra', 'waitlisted')),
  prerequisite_not_met: (ruleCase) => ({
    ...ruleCase,
    offering: { ...ruleCase.offering, prerequisites: ['CALC-1'] },
  }),
  time_conflict: (ruleCase) => withEntry(ruleCase, entryOf('physics', 'enrolled')),
  credit_limit_exceeded: (ruleCase) => ({
    ...ruleCase,
    semester: { ...ruleCase.semester, creditLimit: 2.5 },
  }),
  permission_required: (ruleCase) => ({
    ...ruleCase,
    offering: { ...ruleCase.offering, consent: 'instructor' },
  }),
  linked_section_required: (ruleCase) => ({
    ...ruleCase,
    offering: { ...ruleCase.offering, linked: [{ component: 'lab', courseIds: ['lab-1', 'lab-2'] }] },
  }),
  seat_reserved: (ruleCase) => ({
    ...ruleCase,
    place: { hasSeat: false, joinWaitlist: false, waits: false },
  }),
};
const codes = refusalCodes.filter((code) => code in faults);
const none: ReadonlySet<RefusalCode> = new Set();
const judge = (ruleCase: RuleCase, override = none) => judgeRequest(ruleCase, { override, permits: [] });
const refusalOf = (ruleCase: RuleCase, override = none) => judge(ruleCase, override).problems[0];

describe('eligibility', () => {
  it('lets an eligible student in', () => {
    expect(judge(good)).toEqual({ problems: [], overridden: [], permits: [] });
  });

  it.each(codes)('refuses with %s and says what, why and what next', (code) => {
    const refusal = refusalOf(faults[code]?.(good) ?? good);
    expect(refusal?.code).toBe(code);
    expect(refusal?.detail).toMatch(/^[A-Z].*\.$/);
    expect(refusalParams[code].parse(refusal?.params)).toEqual(refusal?.params);
  });

  it('names the first of any faults, and all of them, in the order of the contract', () => {
    fc.assert(
      fc.property(fc.subarray(codes, { minLength: 1 }), (chosen) => {
        const ruleCase = chosen.reduce((so, code) => faults[code]?.(so) ?? so, good);
        const expected = codes.filter((code) => chosen.includes(code));
        expect(refusalOf(ruleCase)?.code).toBe(expected[0]);
        expect(judge(ruleCase).problems.map(({ code }) => code)).toEqual(expected);
      }),
    );
  });

  it('sets aside just what is overridden, and reports what was needed', () => {
    fc.assert(
      fc.property(fc.subarray(codes), fc.subarray(codes), (chosen, allowed) => {
        const ruleCase = chosen.reduce((so, code) => faults[code]?.(so) ?? so, good);
        const override = new Set(allowed);
        const stands = codes.filter(
          (code) => chosen.includes(code) && (code === 'already_enrolled' || !override.has(code)),
        );
        const { problems, overridden } = judge(ruleCase, override);
        expect(problems.map(({ code }) => code)).toEqual(stands);
        for (const code of overridden) expect(chosen).toContain(code);
      }),
    );
  });

  it('overrides nothing about a cancelled course', () => {
    const cancelled = { ...good, seats: seatsOf('algebra', { status: 'cancelled' as const }) };
    expect(refusalOf(cancelled, new Set(['course_not_open']))?.code).toBe('course_not_open');
  });

  it.each([
    ['before the window opens', '2027-01-01T07:59:59.999Z', 'enrollment_window_closed'],
    ['from its first moment', '2027-01-01T08:00:00.000Z', undefined],
    ['to its last', '2027-02-01T07:59:59.999Z', undefined],
    ['not when it has closed', '2027-02-01T08:00:00.000Z', 'enrollment_window_closed'],
  ])('enrolls %s', (_, at, code) => expect(refusalOf({ ...good, now: at })?.code).toBe(code));

  it.each([
    ['another section of the course', entryOf('other', 'enrolled', { code: 'algebra' }), 'already_enrolled'],
    [
      'another section in any case of letters',
      entryOf('other', 'waitlisted', { code: 'Algebra' }),
      'already_enrolled',
    ],
    ['a lab of it', entryOf('other', 'enrolled', { code: 'ALGEBRA', component: 'lab' }), undefined],
    ['another topic of it', entryOf('other', 'enrolled', { code: 'ALGEBRA', topic: 'Rings' }), undefined],
    ['a completed one', entryOf('algebra', 'completed'), 'already_enrolled'],
    ['a dropped one', entryOf('algebra', 'dropped'), undefined],
    ['a withdrawn one', entryOf('algebra', 'withdrawn'), undefined],
    ['a cancelled one', entryOf('algebra', 'cancelled'), undefined],
  ])('judges %s', (_, entry, code) => expect(refusalOf(withEntry(good, entry))?.code).toBe(code));

  it('names the courses in conflict', () => {
    expect(refusalOf(withEntry(good, entryOf('physics', 'enrolled')))).toMatchObject({
      conflicts: ['physics'],
      detail:
        'ALGEBRA meets Monday 09:00-10:30, when you are in PHYSICS (Monday 10:00-11:00). Choose another section, or swap the two.',
    });
  });

  it.each([
    ['of the same half', '2027-03-01', 'time_conflict'],
    ['that share a week without the day', '2027-03-05', undefined],
    ['of the other half', '2027-03-08', undefined],
  ])('judges the dates of meetings: %s', (_, startsOn, code) => {
    const meetings = [{ ...meeting('mon'), startsOn }];
    const physics = offeringOf('physics', { meetings: [{ ...meeting('mon'), endsOn: '2027-03-05' }] });
    const late = {
      ...good,
      offering: { ...good.offering, meetings },
      offerings: new Map([['physics', physics]]),
    };
    expect(refusalOf(withEntry(late, entryOf('physics', 'enrolled')))?.code).toBe(code);
  });

  it.each([
    ['waits for', 'waitlisted', undefined],
    ['has dropped', 'dropped', undefined],
    ['has completed', 'completed', 'time_conflict'],
  ] as const)('takes the time of a course that the student %s into account rightly', (_, status, code) => {
    expect(refusalOf(withEntry(good, entryOf('physics', status)))?.code).toBe(code);
  });

  it('counts credits of seats, and not of waiting places', () => {
    const limit = { ...good, semester: semesterRules({ creditLimit: 6 }) };
    const waits = withEntry(limit, entryOf('history', 'waitlisted', { credits: 6 }));
    expect(refusalOf(withEntry(waits, entryOf('art', 'enrolled', { credits: 3 })))).toBeUndefined();
    expect(refusalOf(withEntry(waits, entryOf('art', 'enrolled', { credits: 3.5 })))?.code).toBe(
      'credit_limit_exceeded',
    );
  });

  it('adds quarters of credits exactly', () => {
    const asks = {
      ...good,
      credits: 0.25,
      offering: offeringOf('algebra', { code: 'M&E 101', credits: 0.25 }),
    };
    const thrice = ['art', 'music', 'drama'].reduce(
      (so, id) => withEntry(so, entryOf(id, 'enrolled', { credits: 0.25 })),
      asks,
    );
    const limit = (creditLimit: number) => ({ ...thrice, semester: semesterRules({ creditLimit }) });
    expect(refusalOf(limit(1))).toBeUndefined();
    expect(refusalOf(limit(0.75))?.detail).toContain('You have 0.75 credits; with the 0.25 of M&E 101');
  });

  it('says the window in campus time, and its moments in the params', () => {
    const course = { id: 'algebra', code: 'ALGEBRA', section: '1', title: 'Course algebra' };
    const { enrollmentOpensAt: opensAt, enrollmentClosesAt: closesAt } = good.semester;
    expect(refusalOf({ ...good, now: '2026-12-31T00:00:00.000Z' })).toMatchObject({
      detail: 'Your enrollment opens on Jan 1, 2027, 3:00 AM EST. Come back then.',
      params: { course, isOpening: true, opensAt, closesAt, ticket: null },
    });
    expect(refusalOf({ ...good, now: '2027-07-01T00:00:00.000Z' })).toMatchObject({
      detail: expect.stringContaining('Enrollment closed on Feb 1, 2027, 3:00 AM EST.') as string,
      params: { isOpening: false, opensAt, closesAt },
    });
  });

  it('gives each value that a detail says', () => {
    const conflict = refusalOf(withEntry(good, entryOf('physics', 'enrolled')));
    expect(conflict?.params).toMatchObject({
      conflicts: [
        {
          course: { id: 'physics', code: 'PHYSICS' },
          meeting: { day: 'mon', start: '09:00' },
          ownMeeting: { day: 'mon', start: '10:00' },
        },
      ],
    });
    const credits = refusalOf(
      withEntry({ ...good, semester: semesterRules({ creditLimit: 5 }) }, entryOf('art', 'enrolled')),
    );
    expect(credits?.params).toMatchObject({ limitOf: 'credits', credits: 3, taken: 3, limit: 5 });
    const full = refusalOf({
      ...good,
      seats: seatsOf('algebra', { enrolledCount: 2 }),
      place: { hasSeat: false, joinWaitlist: false, waits: false },
    });
    expect(full?.params).toMatchObject({ capacity: 2, canWait: true });
    const asks = { ...good, offering: { ...good.offering, prerequisites: ['CALC-1'] } };
    expect(refusalOf(asks)?.params).toMatchObject({ missing: { course: 'CALC-1' } });
  });

  it('takes a prerequisite in any case of letters, and names what is missing', () => {
    const asks = { ...good, offering: offeringOf('algebra', { prerequisites: ['Calc-1', 'CALC-2'] }) };
    const student = studentOf(['calc-1']);
    expect(refusalOf({ ...asks, student })?.detail).toContain('ALGEBRA requires CALC-2.');
    expect(refusalOf({ ...asks, student: studentOf(['calc-1', 'CALC-2']) })).toBeUndefined();
  });

  it('judges a waiting student by the same rules, apart from the own place', () => {
    const waits = withEntry(good, entryOf('algebra', 'waitlisted'));
    const problem = (ruleCase: RuleCase) =>
      judgePromotion(ruleCase, { override: none, permits: [] }).problems[0];
    expect(problem(waits)).toBeUndefined();
    expect(problem(withEntry(waits, entryOf('physics', 'enrolled')))?.code).toBe('time_conflict');
    expect(problem({ ...waits, semester: semesterRules({ creditLimit: 2 }) })?.code).toBe(
      'credit_limit_exceeded',
    );
  });
});

describe('the rules about seats', () => {
  const ask = (joinWaitlist: boolean, ...override: ('seat_unavailable' | 'waitlist_full')[]) => ({
    joinWaitlist,
    override: new Set<RefusalCode>(override),
  });
  const full = seatsOf('algebra', { enrolledCount: 2 });
  const fullWaitlist = { ...full, waitlistedCount: 2 };

  it.each([
    ['a free seat', seatsOf('algebra', { enrolledCount: 1 }), ask(false), 'seat'],
    ['a full course', full, ask(false), 'seat_unavailable'],
    ['a full course with the waitlist', full, ask(true), 'waitlist'],
    ['a full waitlist', fullWaitlist, ask(true), 'waitlist_full'],
    ['a full waitlist that was not asked for', fullWaitlist, ask(false), 'seat_unavailable'],
    ['a full course set aside', full, ask(false, 'seat_unavailable'), 'seat'],
    ['a full waitlist set aside', fullWaitlist, ask(true, 'waitlist_full'), 'waitlist'],
    ['no seats at all', seatsOf('algebra', { capacity: 0, waitlistCapacity: 0 }), ask(true), 'waitlist_full'],
  ] as const)('gives what there is for %s', (_, seats, asked, expected) => {
    const record = recordOf('usr_a');
    const semester = { userId: 'usr_a', semesterId: 'spring', version: 0, entries: [], retryDue: false };
    const student = new StudentPlan(semester, new Map(), record);
    const course = new CoursePlan(seats, offeringOf('algebra'), semesterRules());
    const actor = { id: 'usr_r', role: 'registrar' } as const;
    const { joinWaitlist, override } = asked;
    const set = enrollment({
      courseId: 'algebra',
      joinWaitlist,
      userId: 'usr_a',
      actor,
      override,
      request: undefined,
    });
    const results = judgeChangeSet(set, new Map([['algebra', course]]), student, {
      now,
      campus,
      offerings: new Map(),
    });
    const [result] = 'refusal' in results ? [] : results;
    const outcome = result?.record?.status === 'waitlisted' ? 'waitlist' : 'seat';
    expect(result?.problems[0]?.code ?? outcome).toBe(expected);
  });
});
