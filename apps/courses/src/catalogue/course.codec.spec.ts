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
};

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
