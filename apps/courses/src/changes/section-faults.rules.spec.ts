import type { CourseState, PatchCourseRequest } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import type { Section } from './course-relations.ts';
import {
  chainFaults,
  creditFaults,
  crossListingFaults,
  fieldOfClassFaults,
  linkFaults,
  reservationFaults,
} from './section-faults.rules.ts';

const now = Date.parse('2026-08-20T00:00:00.000Z');
const past = '2026-08-20T00:00:00.000Z';
const future = '2026-08-20T00:00:00.001Z';
const reserved = (seats: number, releasesAt: string | null = null, name = `${seats}`) => {
  return { name, seats, match: { groups: ['honors'] }, releasesAt };
};
const briefly = (faults: { path: string; code: string }[]) =>
  faults.map(({ path, code }) => `${path}: ${code}`);

describe('reserved seats', () => {
  type Row = [asked: PatchCourseRequest, before: Partial<CourseState>, faults: string[]];
  it.each<Row>([
    [{ reservations: [reserved(20), reserved(10)] }, {}, []],
    [{ reservations: [reserved(20), reserved(11)] }, {}, ['reservations: inconsistent']],
    [{ reservations: [reserved(20), reserved(11, past)] }, {}, []],
    [{ reservations: [reserved(20), reserved(11, future)] }, {}, ['reservations: inconsistent']],
    [{ reservations: [reserved(31)], capacity: 31 }, {}, []],
    [{ reservations: [reserved(30)], capacity: 29 }, {}, ['reservations: inconsistent']],
    [{ capacity: 19 }, { reservations: [reserved(20)] }, ['capacity: inconsistent']],
    [{ capacity: 20 }, { reservations: [reserved(20)] }, []],
    [{ capacity: 19 }, { reservations: [reserved(20, past)] }, []],
    [{ capacity: 19, reservations: [] }, { reservations: [reserved(20)] }, []],
    [{ title: 'New' }, { capacity: 1, reservations: [reserved(20)] }, []],
    // They are its class's.
    [{ capacity: 1 }, { crossListedOf: 'crs_class', reservations: [reserved(20)] }, []],
  ])('as %j of a course with %j have the faults %j', (asked, before, expected) => {
    expect(briefly(reservationFaults(asked, courseState(before), now))).toEqual(expected);
  });

  it('of a new course are compared with its capacity', () => {
    const reservations = [reserved(3)];
    expect(reservationFaults({ capacity: 3, reservations }, undefined, now)).toEqual([]);
    expect(reservationFaults({ capacity: 2, reservations }, undefined, now)).toEqual([
      {
        path: 'reservations',
        code: 'inconsistent',
        message:
          '3 seats are reserved and not released, and the course has 2. Reserve fewer or raise the capacity.',
      },
    ]);
  });
});

it.each<[PatchCourseRequest, Partial<CourseState>, string[]]>([
  [{ minCredits: 3 }, {}, []],
  [{ minCredits: 3.25 }, {}, ['minCredits: inconsistent']],
  [{ minCredits: 3.25, credits: 4 }, {}, []],
  [{ credits: 2 }, { minCredits: 2.25 }, ['credits: inconsistent']],
  [{ credits: 2.25 }, { minCredits: 2.25 }, []],
  [{ credits: 2, minCredits: null }, { minCredits: 2.25 }, []],
  [{ credits: 1 }, {}, []],
])('variable credits as %j of a course with %j have the faults %j', (asked, before, expected) => {
  expect(briefly(creditFaults(asked, courseState(before)))).toEqual(expected);
});

it("a cross-listed course refuses its class's fields, every one that is named, and no other course does", () => {
  const named: PatchCourseRequest = {
    waitlistCapacity: 0,
    meetings: [],
    instructorIds: [],
    status: 'open',
    reservations: [],
    capacity: 3,
  };
  const faults = fieldOfClassFaults(named, courseState({ crossListedOf: 'crs_class' }));
  expect(faults.map(({ path }) => path)).toEqual([
    'waitlistCapacity',
    'meetings',
    'instructorIds',
    'status',
    'reservations',
  ]);
  expect(faults[0]?.message).toContain('crs_class');
  expect(fieldOfClassFaults({ title: 'New' }, courseState({ crossListedOf: 'crs_class' }))).toEqual([]);
  expect(fieldOfClassFaults(named, courseState())).toEqual([]);
});

it.each<[string, CourseState | undefined, string[]]>([
  ['is there', courseState(), []],
  ['is a draft', courseState({ status: 'draft' }), []],
  ['is not there', undefined, ['crossListedOf: not_found']],
  ['is of another semester', courseState({ semesterId: '2027-spring' }), ['crossListedOf: inconsistent']],
  ['is cross-listed itself', courseState({ crossListedOf: 'crs_b' }), ['crossListedOf: inconsistent']],
  ['is cancelled', courseState({ status: 'cancelled' }), ['crossListedOf: inconsistent']],
])('a class that %s is one to be cross-listed with, or not', (_what, ofClass, expected) => {
  const asked = { semesterId: '2026-fall', crossListedOf: 'crs_a' };
  expect(briefly(crossListingFaults(asked, ofClass))).toEqual(expected);
  expect(crossListingFaults({ ...asked, crossListedOf: null }, ofClass)).toEqual([]);
});

describe('linked sections', () => {
  const section = (fields: Partial<CourseState> = {}, next = fields): Section => ({
    state: courseState({ component: 'lab', ...fields }),
    next: courseState({ component: 'lab', ...next }),
  });
  const names = [{ component: 'lab' as const, courseIds: ['crs_z'] }];
  const sections = new Map<string, Section>([
    ['crs_lab', section()],
    ['crs_other', section({ semesterId: '2027-spring' })],
    ['crs_recitation', section({ component: 'recitation' })],
    ['crs_cancelled', section({ status: 'cancelled' })],
    ['crs_onward', section({ linked: names })],
    ['crs_soon', section({}, { linked: names })],
    ['crs_ended', section({ linked: names, status: 'cancelled' })],
    ['crs_a', section()],
  ]);

  it.each<[string[], string[]]>([
    [['crs_lab'], []],
    [
      ['crs_a', 'crs_lab', 'crs_lab'],
      ['linked.0.courseIds.0: inconsistent', 'linked.0.courseIds.2: inconsistent'],
    ],
    [['crs_none'], ['linked.0.courseIds.0: not_found']],
    [
      ['crs_other', 'crs_cancelled', 'crs_onward', 'crs_soon', 'crs_ended'],
      [0, 1, 2, 3, 4].map((at) => `linked.0.courseIds.${at}: inconsistent`),
    ],
  ])('as %j have the faults %j', (courseIds, expected) => {
    const faults = linkFaults([{ component: 'lab', courseIds }], courseState(), sections);
    expect(briefly(faults)).toEqual(expected);
  });

  it('are named once over all lists', () => {
    const asked = [
      { component: 'lab' as const, courseIds: ['crs_lab'] },
      { component: 'recitation' as const, courseIds: ['crs_recitation', 'crs_lab'] },
    ];
    expect(briefly(linkFaults(asked, courseState(), sections))).toEqual([
      'linked.1.courseIds.1: inconsistent',
    ]);
  });

  it('that were cancelled since may stay', () => {
    const linked = [{ component: 'lab' as const, courseIds: ['crs_cancelled'] }];
    expect(linkFaults(linked, courseState({ linked }), sections)).toEqual([]);
  });

  it('have none of their own', () => {
    expect(briefly(chainFaults(names, ['crs_owner']))).toEqual(['linked: inconsistent']);
    expect(chainFaults([], ['crs_owner'])).toEqual([]);
    expect(chainFaults(names, [])).toEqual([]);
  });
});
