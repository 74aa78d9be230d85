import { describe, expect, it } from 'vitest';
import { createCourseRequest, patchCourseRequest } from './http.ts';
import { faultsOf } from './testing/faults.ts';

const asked = {
  semesterId: '2026-fall',
  departmentId: 'CS',
  code: 'CS 101',
  title: 'Programming',
  credits: 3,
  capacity: 30,
};
const honors = { name: 'Honors', seats: 5, match: { groups: ['honors'] } };
const labs = { component: 'lab', courseIds: ['crs_a'] };

describe.each([
  ['a new course', createCourseRequest, asked],
  ['a change of a course', patchCourseRequest, {}],
] as const)('%s', (_what, schema, others) => {
  it.each<[object, string[]]>([
    [{ consent: 'instructor' }, []],
    [{ consent: null }, ['consent: invalid_value']],
    [{ reservations: [honors] }, []],
    [{ reservations: [{ ...honors, releasesAt: '2026-08-25T00:00:00-04:00' }] }, []],
    [{ reservations: [honors, { ...honors, seats: 1 }] }, ['reservations: inconsistent']],
    [{ reservations: [{ ...honors, seats: 0 }] }, ['reservations.0.seats: too_small']],
    [{ reservations: [{ ...honors, match: {} }] }, ['reservations.0.match: required']],
    [
      { reservations: Array.from({ length: 21 }, (_, at) => ({ ...honors, name: `${at}` })) },
      ['reservations: too_big'],
    ],
    [{ linked: Array(5).fill(labs) }, []],
    [{ linked: Array(6).fill(labs) }, ['linked: too_big']],
    [{ linked: [{ ...labs, courseIds: [] }] }, ['linked.0.courseIds: too_small']],
    [{ linked: [{ ...labs, courseIds: Array(51).fill('crs_a') }] }, ['linked.0.courseIds: too_big']],
    [{ linked: [{ ...labs, courseIds: [''] }] }, ['linked.0.courseIds.0: too_small']],
    [{ linked: [{ courseIds: ['crs_a'] }] }, ['linked.0.component: invalid_value']],
    [{ credits: 3, minCredits: 0.25 }, []],
    [{ credits: 3, minCredits: 3 }, []],
    [{ credits: 3, minCredits: 3.25 }, ['minCredits: inconsistent']],
    [{ credits: 3, minCredits: 3.25, title: '' }, ['title: too_small', 'minCredits: inconsistent']],
    [{ minCredits: 0 }, ['minCredits: too_small']],
    [{ minCredits: 1.1 }, ['minCredits: not_multiple_of']],
    [{ minCredits: null }, []],
  ])('with %j has the faults %j', (fields, expected) => {
    expect(faultsOf(schema, { ...others, ...fields })).toEqual(expected);
  });

  it('keeps when reserved seats are released as the same moment in UTC, null where it is left out', () => {
    const released = { ...honors, name: 'Other', releasesAt: '2026-08-25T00:00:00-04:00' };
    const { reservations } = schema.parse({ ...others, reservations: [honors, released] });
    expect(reservations?.map(({ releasesAt }) => releasesAt)).toEqual([null, '2026-08-25T04:00:00.000Z']);
  });
});

describe('a new course under another code', () => {
  const { capacity: _capacity, ...sized } = asked;
  const crossListed = { ...sized, crossListedOf: 'crs_class' };

  it.each([[{}], [{ capacity: 5 }], [{ consent: 'instructor', linked: [labs] }]])(
    'can state %j',
    (fields) => {
      expect(faultsOf(createCourseRequest, { ...crossListed, ...fields })).toEqual([]);
    },
  );

  it.each([
    [{ waitlistCapacity: 0 }],
    [{ meetings: [] }],
    [{ instructorIds: [] }],
    [{ status: 'open' }],
    [{ reservations: [] }],
  ])("cannot state %j, which is its class's", (fields) => {
    const [path] = Object.keys(fields);
    expect(faultsOf(createCourseRequest, { ...crossListed, ...fields })).toEqual([`${path}: inconsistent`]);
  });

  it("names all of the class's fields beside every other fault", () => {
    const faulty = { ...crossListed, title: 1, meetings: [], status: 'nope' };
    expect(faultsOf(createCourseRequest, faulty)).toEqual([
      'title: invalid_type',
      'status: invalid_value',
      'meetings: inconsistent',
      'status: inconsistent',
    ]);
  });

  it.each([[''], [7], ['x'.repeat(65)]])('is none of %j', (crossListedOf) => {
    expect(createCourseRequest.safeParse({ ...asked, crossListedOf }).success).toBe(false);
  });

  it('is the only one without a capacity', () => {
    expect(faultsOf(createCourseRequest, sized)).toEqual(['capacity: required']);
    expect(faultsOf(createCourseRequest, { ...sized, crossListedOf: null, title: 1 })).toEqual([
      'title: invalid_type',
      'capacity: required',
    ]);
  });
});
