import { describe, expect, it } from 'vitest';
import { GradeScale } from '@registrar/eligibility/rules';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { historyOf } from './eligibility.rules.ts';
import type { Enrollment } from './own-enrollments.ts';
import type { Known } from './why-not.rules.ts';
import { foresee } from './why-not.rules.ts';

const course = (code: string, more: Partial<Course> = {}): Course => ({
  id: `id of ${code}`,
  semesterId: '2026-fall',
  departmentId: 'CS',
  code,
  section: '1',
  component: 'lecture',
  topic: null,
  title: `Title of ${code}`,
  description: '',
  credits: 3,
  instructorIds: [],
  instructors: [],
  capacity: 30,
  waitlistCapacity: 10,
  meetings: [],
  prerequisites: [],
  enrollmentClosesAt: null,
  dropDeadlineAt: null,
  withdrawDeadlineAt: null,
  requirement: null,
  restriction: null,
  consent: 'none',
  reservations: [],
  linked: [],
  crossListedOf: null,
  minCredits: null,
  status: 'open',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  enrolledCount: 0,
  waitlistedCount: 0,
  seatsAvailable: 30,
  ...more,
});
const enrollment = (of: Course, status: Enrollment['status'] = 'enrolled'): Enrollment => ({
  id: `enrollment in ${of.id}`,
  userId: 'me',
  courseId: of.id,
  semesterId: of.semesterId,
  courseCode: of.code,
  courseTitle: of.title,
  credits: of.credits,
  status,
  waitlistPosition: status === 'waitlisted' ? 1 : null,
  grade: null,
  reservation: null,
  dropOnPromotion: null,
  enrolledAt: of.createdAt,
  updatedAt: of.createdAt,
  version: 1,
});
const scale = new GradeScale();
const nothing: Known = {
  current: [],
  seated: [],
  courses: new Map(),
  holds: [],
  student: { programs: ['CS'], level: null, groups: [], earnedCredits: 0 },
  history: historyOf([], [], scale),
  creditLimit: 18,
  scale,
};
const hold = (...blocks: ('enroll' | 'drop')[]): Known['holds'][number] => ({
  id: `hold of ${blocks.join()}`,
  userId: 'me',
  office: 'Bursar',
  reason: 'A fee is open.',
  blocks,
  placedAt: '2026-01-01T00:00:00.000Z',
  placedBy: 'registrar',
  releasedAt: null,
  releasedBy: null,
});
const codes = (of: Course, known: Partial<Known>) =>
  foresee(of, { ...nothing, ...known }).map(({ code }) => code);
const monday = { day: 'mon', start: '09:00', end: '10:00', room: '' } as const;

describe('what the page foresees of a refusal', () => {
  it('is nothing where nothing stands in the way', () => {
    expect(codes(course('CS 101'), {})).toEqual([]);
  });

  it('is every reason at once, in the order of the rules', () => {
    const wanted = course('CS 301', {
      meetings: [monday],
      prerequisites: ['CS 101'],
      credits: 4,
      restriction: { programs: ['MATH'] },
    });
    const other = course('MATH 1', { meetings: [{ ...monday, start: '09:30' }], credits: 15 });
    const section = course('CS 301', { id: 'other section', section: '2' });
    expect(
      codes(wanted, {
        current: [enrollment(other), enrollment(section)],
        seated: [other, section],
        holds: [hold('enroll', 'drop')],
      }),
    ).toEqual([
      'hold',
      'already_enrolled',
      'restricted',
      'prerequisite_not_met',
      'time_conflict',
      'credit_limit_exceeded',
    ]);
  });

  it('counts neither credits nor times of a waiting place', () => {
    const waiting = course('MATH 1', { meetings: [monday], credits: 18 });
    expect(
      codes(course('CS 101', { meetings: [monday] }), { current: [enrollment(waiting, 'waitlisted')] }),
    ).toEqual([]);
  });

  it('allows exactly the limit', () => {
    const other = course('MATH 1', { credits: 15 });
    expect(codes(course('CS 101', { credits: 3 }), { current: [enrollment(other)] })).toEqual([]);
    expect(codes(course('CS 101', { credits: 3.25 }), { current: [enrollment(other)] })).toEqual([
      'credit_limit_exceeded',
    ]);
  });

  it('says nothing of what is not known', () => {
    const wanted = course('CS 301', {
      prerequisites: ['CS 101'],
      credits: 30,
      restriction: { programs: ['MATH'] },
    });
    expect(codes(wanted, { history: undefined, student: undefined, creditLimit: undefined })).toEqual([]);
  });

  it('is no hold that stops only dropping', () => {
    expect(codes(course('CS 101'), { holds: [hold('drop')] })).toEqual([]);
  });

  it('is what is missing of prerequisites and requirement together, met parts cut', () => {
    const wanted = course('CS 301', {
      prerequisites: ['CS 101'],
      requirement: {
        any: [
          { course: 'MATH 1', minGrade: 'B' },
          { course: 'CS 7', concurrent: true },
        ],
      },
    });
    const done = [
      { code: 'CS 101', credits: 4, grade: 'A' },
      { code: 'MATH 1', credits: 4, grade: 'C' },
    ];
    const [first] = foresee(wanted, { ...nothing, history: historyOf(done, [], scale) });
    expect(first?.params).toMatchObject({ missing: wanted.requirement });
    const taken = historyOf(done, [{ status: 'enrolled', courseCode: 'cs 7' }], scale);
    expect(codes(wanted, { history: taken })).toEqual([]);
  });

  it('is a missing permit, once it is known that there is none', () => {
    const wanted = course('CS 499', { consent: 'instructor' });
    expect(codes(wanted, {})).toEqual([]);
    expect(codes(wanted, { hasPermit: false })).toEqual(['permission_required']);
    expect(codes(wanted, { hasPermit: true })).toEqual([]);
    expect(codes(course('CS 101'), { hasPermit: false })).toEqual([]);
  });

  it('is each list of linked sections of which none is taken', () => {
    const wanted = course('CS 101', {
      linked: [
        { component: 'lab', courseIds: ['lab 1', 'lab 2'] },
        { component: 'discussion', courseIds: ['discussion 1'] },
      ],
    });
    const [first] = foresee(wanted, { ...nothing, linked: new Set(['lab 2']) });
    expect(first?.params).toMatchObject({ options: [['discussion 1']], with: null });
    expect(codes(wanted, { linked: new Set(['lab 1', 'discussion 1']) })).toEqual([]);
  });

  it('is free seats that are all reserved for others', () => {
    const seats = { available: 5, own: 0, canWait: true };
    expect(codes(course('CS 101'), { seats })).toEqual(['seat_reserved']);
    expect(codes(course('CS 101'), { seats: { ...seats, own: 1 } })).toEqual([]);
    expect(codes(course('CS 101'), { seats: { ...seats, available: 0 } })).toEqual([]);
  });

  it('counts the credits that are chosen', () => {
    const other = course('MATH 1', { credits: 15 });
    const wanted = course('CS 490', { credits: 6, minCredits: 1 });
    expect(codes(wanted, { current: [enrollment(other)] })).toEqual(['credit_limit_exceeded']);
    expect(codes(wanted, { current: [enrollment(other)], credits: 3 })).toEqual([]);
  });

  it('leaves failed sections out of the way, but counts their times and credits', () => {
    const failed = course('CS 301', { id: 'failed', section: '2', meetings: [monday], credits: 15 });
    const wanted = course('cs 301', { meetings: [monday], credits: 4 });
    const current = [{ ...enrollment(failed, 'completed'), grade: 'F' }];
    expect(codes(wanted, { current, seated: [failed] })).toEqual(['time_conflict', 'credit_limit_exceeded']);
    const passed = [{ ...enrollment(failed, 'completed'), grade: 'D' }];
    expect(codes(wanted, { current: passed, seated: [failed] })).toEqual(['already_enrolled']);
  });
});
