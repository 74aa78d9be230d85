import type { PatchCourseRequest } from '@registrar/contracts-courses';
import { GradeScale } from '@registrar/eligibility/rules';
import type { Requirement } from '@registrar/eligibility/rules';
import { describe, expect, it } from 'vitest';
import { deadlineFaults, gradeFaults, meetingFaults } from './course-faults.rules.ts';

const semester = {
  dropDeadlineAt: '2026-10-01T00:00:00.000Z',
  withdrawDeadlineAt: '2026-11-01T00:00:00.000Z',
};
const september = '2026-09-15T00:00:00.000Z';
const october = '2026-10-15T00:00:00.000Z';
const november = '2026-11-15T00:00:00.000Z';
const december = '2026-12-15T00:00:00.000Z';
const none = { dropDeadlineAt: null, withdrawDeadlineAt: null };

describe('the deadlines of a course', () => {
  type Row = [
    asked: PatchCourseRequest,
    stored: Partial<Record<keyof typeof none, string | null>>,
    faults: string[],
  ];
  it.each<Row>([
    [{}, { dropDeadlineAt: december }, []],
    [{ title: 'New' }, { dropDeadlineAt: december }, []],
    [{ enrollmentClosesAt: december }, {}, []],
    // Both of its own: the semester's do not count.
    [{ dropDeadlineAt: november, withdrawDeadlineAt: december }, {}, []],
    [{ dropDeadlineAt: november }, { withdrawDeadlineAt: december }, []],
    [{ dropDeadlineAt: october }, { withdrawDeadlineAt: october }, []],
    [{ dropDeadlineAt: november }, { withdrawDeadlineAt: october }, ['dropDeadlineAt']],
    [{ withdrawDeadlineAt: september }, { dropDeadlineAt: october }, ['withdrawDeadlineAt']],
    [{ withdrawDeadlineAt: october }, { dropDeadlineAt: october }, []],
    // One of its own: the other is the semester's.
    [{ dropDeadlineAt: october }, {}, []],
    [{ dropDeadlineAt: semester.withdrawDeadlineAt }, {}, []],
    [{ dropDeadlineAt: november }, {}, ['dropDeadlineAt']],
    [{ withdrawDeadlineAt: september }, {}, ['withdrawDeadlineAt']],
    [{ withdrawDeadlineAt: semester.dropDeadlineAt }, {}, []],
    [
      { dropDeadlineAt: null, withdrawDeadlineAt: september },
      { dropDeadlineAt: september },
      ['withdrawDeadlineAt'],
    ],
    [
      { dropDeadlineAt: november, withdrawDeadlineAt: null },
      { withdrawDeadlineAt: december },
      ['dropDeadlineAt'],
    ],
    // Taking one away leaves the other with the semester's.
    [
      { withdrawDeadlineAt: null },
      { dropDeadlineAt: november, withdrawDeadlineAt: december },
      ['withdrawDeadlineAt'],
    ],
    [
      { dropDeadlineAt: null },
      { dropDeadlineAt: september, withdrawDeadlineAt: september },
      ['dropDeadlineAt'],
    ],
    [{ dropDeadlineAt: null, withdrawDeadlineAt: null }, { dropDeadlineAt: december }, []],
  ])('as %j for a course with %j have faults at %j', (asked, stored, paths) => {
    const faults = deadlineFaults(asked, { ...none, ...stored }, semester);
    expect(faults.map(({ path, code }) => [path, code])).toEqual(paths.map((path) => [path, 'wrong_order']));
  });

  it.each<[PatchCourseRequest, object, string]>([
    [
      { dropDeadlineAt: november },
      {},
      'The drop deadline must not be after the withdraw deadline of the semester.',
    ],
    [
      { withdrawDeadlineAt: september },
      { dropDeadlineAt: october },
      'The withdraw deadline must not be before the drop deadline of the course.',
    ],
    [
      { withdrawDeadlineAt: null },
      { dropDeadlineAt: november },
      "The semester's withdraw deadline, which then counts, is before the drop deadline of the course.",
    ],
    [
      { dropDeadlineAt: null },
      { withdrawDeadlineAt: september },
      "The semester's drop deadline, which then counts, is after the withdraw deadline of the course.",
    ],
  ])('as %j for a course with %j say: %s', (asked, stored, message) => {
    const faults = deadlineFaults(asked, { ...none, ...stored }, semester);
    expect(faults.map((fault) => fault.message)).toEqual([message]);
  });
});

describe('a least grade', () => {
  const least = (minGrade: string): Requirement => ({ course: 'CS 1', minGrade });

  it.each<[string, Requirement | null | undefined, string[]]>([
    ['none', null, []],
    ['none that is named', undefined, []],
    ['a letter', least('D-'), []],
    ['one that does not pass', least('F'), []],
    ['a mark', least('100'), []],
    ['no mark', least('101'), ['requirement.minGrade']],
    ['no whole mark', least('50.5'), ['requirement.minGrade']],
    ['a letter that is not there', least('E'), ['requirement.minGrade']],
    ['a letter in another case', least('a'), ['requirement.minGrade']],
    ['a pass, which has no rank', least('P'), ['requirement.minGrade']],
    ['no course', { credits: 30 }, []],
    [
      'several, each named where it stands',
      { all: [least('E'), { any: [{ count: 1, of: ['CS*'] }, least('A'), least('P')] }] },
      ['requirement.all.0.minGrade', 'requirement.all.1.any.2.minGrade'],
    ],
  ])('of %s is judged by the grades of the campus', (_what, requirement, paths) => {
    const faults = gradeFaults(requirement, new GradeScale());
    expect(faults.map(({ path, code }) => [path, code])).toEqual(
      paths.map((path) => [path, 'invalid_value']),
    );
  });

  it('goes by the grades that are set', () => {
    const scale = new GradeScale('HD,D,CR|N');
    expect(gradeFaults(least('HD'), scale)).toEqual([]);
    expect(gradeFaults(least('A'), scale).map(({ message }) => message)).toEqual([
      '"A" has no rank here. Use a grade of this campus that has one, or a mark from 0 to 100.',
    ]);
  });
});

describe('the dates of a meeting', () => {
  const fall = { startsOn: '2026-09-01', endsOn: '2026-12-18' };
  const monday = { day: 'mon', start: '09:00', end: '10:00', room: '' } as const;

  it.each([
    [{}],
    [{ startsOn: fall.startsOn, endsOn: fall.endsOn }],
    [{ startsOn: '2026-10-19' }],
    [{ endsOn: '2026-10-16' }],
  ])('can be of the semester: %j', (dates) => {
    expect(meetingFaults([{ ...monday, ...dates }], fall)).toEqual([]);
  });

  it('are refused outside of it, each by itself', () => {
    const asked = [monday, { ...monday, startsOn: '2026-08-31', endsOn: '2026-12-19' }];
    expect(meetingFaults(asked, fall).map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'meetings.1.startsOn: inconsistent',
      'meetings.1.endsOn: inconsistent',
    ]);
  });

  it('need not be asked for', () => expect(meetingFaults(undefined, fall)).toEqual([]));
});
