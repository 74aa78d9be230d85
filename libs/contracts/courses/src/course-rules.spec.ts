import { describe, expect, it } from 'vitest';
import { createCourseRequest, patchCourseRequest } from './http.ts';
import { clockChanges } from './testing/clock-changes.ts';
import { faultsOf } from './testing/faults.ts';

const asked = {
  semesterId: '2026-fall',
  departmentId: 'CS',
  code: 'CS 101',
  title: 'Programming',
  credits: 3,
  capacity: 30,
};
const leaf = { course: 'MATH 100', minGrade: 'C' };

/** A requirement of so many levels. */
function levels(count: number): object {
  return count === 1 ? leaf : { all: [levels(count - 1)] };
}

const rows: [object, string[]][] = [
  [{ requirement: null, restriction: null }, []],
  [{ requirement: leaf }, []],
  [{ requirement: { course: 'NO SUCH 999' } }, []],
  [
    { requirement: { any: [leaf, { credits: 30, of: ['CS 2*'] }, { count: 2, of: ['CS*', 'MATH 1*'] }] } },
    [],
  ],
  [{ requirement: { course: 'CS 100', concurrent: true } }, []],
  [{ requirement: { course: 'CS 100', concurrent: false } }, ['requirement: invalid_union']],
  [{ requirement: { course: 'CS_100' } }, ['requirement.course: invalid_format']],
  [{ requirement: {} }, ['requirement: invalid_union']],
  [{ requirement: { all: [] } }, ['requirement.all: too_small']],
  [{ requirement: { any: [] } }, ['requirement.any: too_small']],
  [{ requirement: levels(6) }, []],
  [{ requirement: levels(7) }, ['requirement: invalid_union']],
  [{ requirement: { all: Array(59).fill(leaf) } }, []],
  [{ requirement: { all: Array(60).fill(leaf) } }, ['requirement: too_long']],
  [{ requirement: { count: 0, of: ['CS*'] } }, ['requirement.count: too_small']],
  [{ restriction: { programs: ['CS-BS'], minCredits: 30 } }, []],
  [{ restriction: {} }, ['restriction: required']],
  [{ restriction: { programs: [] } }, ['restriction.programs: too_small']],
  [{ restriction: { programs: ['  '] } }, ['restriction.programs.0: too_small']],
  [{ restriction: { levels: ['x'.repeat(41)] } }, ['restriction.levels.0: too_big']],
  [{ enrollmentClosesAt: '2026-09-11' }, ['enrollmentClosesAt: invalid_format']],
  [{ dropDeadlineAt: '2026-10-01T00:00:00Z', withdrawDeadlineAt: '2026-10-01T00:00:00Z' }, []],
  [
    { dropDeadlineAt: '2026-10-01T00:00:00.001Z', withdrawDeadlineAt: '2026-10-01T00:00:00Z' },
    ['dropDeadlineAt: wrong_order'],
  ],
  [
    { dropDeadlineAt: '2026-11-01T01:30:00-05:00', withdrawDeadlineAt: '2026-11-01T01:30:00-04:00' },
    ['dropDeadlineAt: wrong_order'],
  ],
  [{ dropDeadlineAt: '2026-10-01T00:00:00Z', withdrawDeadlineAt: null }, []],
];

describe.each([
  ['a new course', createCourseRequest, asked],
  ['a change of a course', patchCourseRequest, {}],
] as const)('%s', (_what, schema, others) => {
  it.each(rows)('with %j has the faults %j', (fields, expected) => {
    expect(faultsOf(schema, { ...others, ...fields })).toEqual(expected);
  });

  it.each([...clockChanges])('keeps a deadline at %s as %s', (external, utc) => {
    const deadlines = {
      enrollmentClosesAt: external,
      dropDeadlineAt: external,
      withdrawDeadlineAt: external,
    };
    expect(schema.parse({ ...others, ...deadlines })).toMatchObject({
      enrollmentClosesAt: utc,
      dropDeadlineAt: utc,
      withdrawDeadlineAt: utc,
    });
  });

  it('names a wrong order beside every other fault', () => {
    const faulty = {
      title: '',
      dropDeadlineAt: '2026-10-02T00:00:00Z',
      withdrawDeadlineAt: '2026-10-01T00:00:00Z',
    };
    expect(faultsOf(schema, { ...others, ...faulty })).toEqual([
      'title: too_small',
      'dropDeadlineAt: wrong_order',
    ]);
  });
});

it('a change clears by null, and leaves alone what it does not name', () => {
  const cleared = { dropDeadlineAt: null, requirement: null, restriction: null };
  expect(patchCourseRequest.parse(cleared)).toEqual(cleared);
});
