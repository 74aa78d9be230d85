import type { Semester } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { semesterBody } from '../testing/semesters.ts';
import { bySemesterOrder, noLongerCurrent, statedSemester } from './semester.rules.ts';

const now = '2026-08-02T08:00:00.000Z';
const before: Semester = {
  id: '2026-fall',
  ...semesterBody,
  version: 2,
  updatedAt: '2026-08-01T08:00:00.000Z',
};

const stored = { state: before, lastVersion: 2 };

describe('a stated semester', () => {
  it('begins with version 1', () => {
    expect(statedSemester('2026-fall', { state: undefined, lastVersion: 0 }, semesterBody, now)).toEqual({
      ...before,
      version: 1,
      updatedAt: now,
    });
  });

  it('takes the next version that was never given out, where something changes', () => {
    const stated = { ...semesterBody, creditLimit: 20 };
    expect(statedSemester('2026-fall', stored, stated, now)).toMatchObject({ creditLimit: 20, version: 3 });
    const withdrawn = { ...stored, lastVersion: 5 };
    expect(statedSemester('2026-fall', withdrawn, stated, now)).toMatchObject({
      creditLimit: 20,
      version: 6,
    });
  });

  it('changes nothing where it says the same', () => {
    expect(statedSemester('2026-fall', stored, semesterBody, now)).toBeUndefined();
  });
});

it('a semester that is no longer current has a version more', () => {
  expect(noLongerCurrent(before, 3, now)).toEqual({ ...before, current: false, version: 3, updatedAt: now });
});

it('semesters stand with the latest first, then by id', () => {
  const [a, b, c] = [before, { ...before, id: 'later', startsOn: '2027-01-01' }, { ...before, id: 'z' }];
  expect([a, b, c].sort(bySemesterOrder).map(({ id }) => id)).toEqual(['later', 'z', '2026-fall']);
});
