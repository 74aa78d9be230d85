import { describe, expect, it } from 'vitest';
import { courseKeyOf, peekLimitBytes } from './course-key.rules.ts';

const suffix = 'abcdefghijklmnopqrst';
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('the course of an enrollment write', () => {
  it.each([
    [`/api/enrollments/enr_${suffix}_${'u'.repeat(20)}`, undefined],
    [`/api/courses/crs_${suffix}/grades`, undefined],
    ['/api/enrollments', json({ joinWaitlist: true, courseId: `crs_${suffix}` })],
    ['/api/enrollments/swap', json({ dropEnrollmentId: 'enr_x', addCourseId: `crs_${suffix}` })],
    ['/api/enrollments/changes', json({ add: [{ courseId: `crs_${suffix}` }, { courseId: 'crs_x' }] })],
  ])('is found in %s', (path, body) => expect(courseKeyOf(path, body)).toBe(suffix));

  it.each([
    ['no body', undefined],
    ['a body that is not JSON', Buffer.from('{"courseId":')],
    ['a body that is no object', json(['crs_1'])],
    ['null', json(null)],
    ['another kind of id', json({ courseId: 7 })],
    ['an id of another form', json({ courseId: 'crs_x' })],
    ['a change set that only drops', json({ add: [], drop: [`crs_${suffix}`] })],
    ['a change set of something else', json({ add: ['crs_1', null] })],
    ['a body too large to look into', json({ courseId: `crs_${suffix}`, x: 'x'.repeat(peekLimitBytes) })],
  ])('is nobody knows which in %s', (_what, body) => {
    expect(courseKeyOf('/api/enrollments', body)).toBeUndefined();
  });
});
