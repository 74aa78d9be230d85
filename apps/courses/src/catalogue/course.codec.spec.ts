import { isId } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import {
  attributesOf,
  courseIdFor,
  storedOf,
  pendingChangeAttribute,
  reservationKey,
} from './course.codec.ts';
import type { PendingCourseChange } from './course.codec.ts';

const pending: PendingCourseChange = {
  token: 'int_1',
  change: 'updated',
  state: courseState({ version: 2, code: 'CS-102' }),
  actorId: 'usr_1',
  leasedUntil: 5,
  request: { id: 'r', fingerprint: 'f' },
  takes: 'code#2026-fall#CS-102#1',
  frees: 'code#2026-fall#CS-101#1',
  links: { takes: ['crs_lab'], frees: [], owner: 'begins' },
  capacityOf: 'own',
};

const rules = {
  enrollmentClosesAt: '2026-09-11T21:00:00.000Z',
  dropDeadlineAt: '2026-09-25T21:00:00.000Z',
  withdrawDeadlineAt: '2026-10-09T21:00:00.000Z',
  requirement: { any: [{ course: 'MATH 100', minGrade: 'C' }, { credits: 60 }] },
  restriction: { programs: ['CS-BS'] },
  consent: 'instructor' as const,
  reservations: [{ name: 'Honors', seats: 3, match: { groups: ['honors'] }, releasesAt: null }],
  linked: [{ component: 'lab' as const, courseIds: ['crs_lab'] }],
  crossListedOf: 'crs_class',
  minCredits: 1.5,
};

/** Attributes as earlier versions wrote them. */
function earlier({
  enrollment_closes_at: _closes,
  drop_deadline_at: _drop,
  withdraw_deadline_at: _withdraw,
  requirement: _requirement,
  restriction: _restriction,
  consent: _consent,
  reservations: _reservations,
  linked: _linked,
  cross_listed_of: _class,
  min_credits: _least,
  ...attributes
}: ReturnType<typeof attributesOf>): ReturnType<typeof attributesOf> {
  return attributes;
}

describe('an item of the courses table', () => {
  it('gives back the course that was stored, without a pending change', () => {
    const item = { id: 'crs_a', ...attributesOf(courseState()) };
    expect(storedOf(item)).toEqual({ state: courseState(), pending: undefined, lastVersion: 1 });
  });

  it('gives back the pending change beside the state it was decided on', () => {
    const item = {
      id: 'crs_a',
      ...attributesOf(courseState()),
      intent: pendingChangeAttribute(pending),
      pending_at: 5,
    };
    expect(storedOf(item)).toEqual({ state: courseState(), pending, lastVersion: 1 });
  });

  it('that an earlier version wrote reads as a course without what came since', () => {
    const none = { enrollmentClosesAt: null, dropDeadlineAt: null, withdrawDeadlineAt: null };
    const plain = { consent: 'none', reservations: [], linked: [], crossListedOf: null, minCredits: null };
    const whole = { ...courseState(), ...none, requirement: null, restriction: null, ...plain };
    const item = { id: 'crs_a', ...earlier(attributesOf(courseState(rules))) };
    const intent = pendingChangeAttribute({ ...pending, state: courseState(rules) });
    expect(storedOf(item).state).toEqual(whole);
    const changing = { ...item, intent: { ...intent, state: earlier(intent.state) }, pending_at: 5 };
    expect(storedOf(changing).pending?.state).toEqual(whole);
  });

  it('keeps every field', () => {
    const item = { id: 'crs_a', ...attributesOf(courseState(rules)) };
    expect(item).toMatchObject({ drop_deadline_at: rules.dropDeadlineAt, restriction: rules.restriction });
    expect(storedOf(item).state).toEqual(courseState(rules));
  });

  it('has no state before its creation is agreed, and nothing that an index of the catalogue shows', () => {
    const item = { id: 'crs_a', intent: pendingChangeAttribute(pending) };
    expect(storedOf(item).state).toBeUndefined();
    expect(item).not.toHaveProperty('semester_id');
  });

  it('keeps the version of a withdrawn change as given out, with a state and without', () => {
    expect(storedOf({ id: 'crs_a', ...attributesOf(courseState()), last_version: 4 }).lastVersion).toBe(4);
    expect(storedOf({ id: 'crs_a', last_version: 1 })).toEqual({
      state: undefined,
      pending: undefined,
      lastVersion: 1,
    });
  });

  it('is reserved for a code and section in any case of letters', () => {
    const keys = [courseState({ code: 'cs-101', section: 'a' }), courseState({ section: 'A' })].map(
      reservationKey,
    );
    expect(keys).toEqual(['code#2026-fall#CS-101#A', 'code#2026-fall#CS-101#A']);
  });

  it('gets the same id for all tries of one request, and another for another', () => {
    expect(courseIdFor({ id: 'one' })).toBe(courseIdFor({ id: 'one' }));
    expect(courseIdFor({ id: 'one' })).not.toBe(courseIdFor({ id: 'two' }));
    expect(isId('crs', courseIdFor({ id: 'one' }))).toBe(true);
  });
});
