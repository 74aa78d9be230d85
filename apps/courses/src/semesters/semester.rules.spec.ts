import { describe, expect, it } from 'vitest';
import { semesterBody, semesterState } from '../testing/semesters.ts';
import { bySemesterOrder, closingFaults, noLongerCurrent, statedSemester } from './semester.rules.ts';

const now = '2026-08-02T08:00:00.000Z';
const before = semesterState({ version: 2 });

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
    const whole = { ...semesterBody, tickets: [], holidays: [], pausedAt: null };
    expect(statedSemester('2026-fall', stored, whole, now)).toBeUndefined();
  });

  const extras = {
    tickets: [{ name: 'Seniors', match: { levels: ['senior'] }, opensAt: '2026-07-20T12:00:00.000Z' }],
    holidays: ['2026-11-26'],
    pausedAt: '2026-08-02T00:00:00.000Z',
  };

  it.each<[string, object, object]>([
    ['all of them where it names none', {}, extras],
    ['the others where it names tickets', { tickets: [] }, { ...extras, tickets: [] }],
    ['the others where it names holidays', { holidays: [] }, { ...extras, holidays: [] }],
    ['the others where it ends the pause', { pausedAt: null }, { ...extras, pausedAt: null }],
  ])('keeps of tickets, holidays and the pause %s', (_what, named, expected) => {
    const full = { state: { ...before, ...extras }, lastVersion: 2 };
    const stated = { ...semesterBody, creditLimit: 20, ...named };
    expect(statedSemester('2026-fall', full, stated, now)).toMatchObject({ ...expected, creditLimit: 20 });
  });

  it.each<[string, object, string | undefined]>([
    ['2026-07-20T12:00:00.001Z', {}, undefined],
    [
      '2026-07-20T12:00:00.000Z',
      {},
      'Enrollment has to close after the ticket "Seniors" opens: change the tickets too.',
    ],
    [
      '2026-07-01T00:00:00.000Z',
      {},
      'Enrollment has to close after the ticket "Seniors" opens: change the tickets too.',
    ],
    // With tickets of its own the request is judged by its schema.
    ['2026-07-01T00:00:00.000Z', { tickets: [] }, undefined],
  ])('that closes at %s with %j is refused where a ticket that stays opens later', (at, named, message) => {
    const stated = { ...semesterBody, enrollmentClosesAt: at, ...named };
    const faults = closingFaults({ ...before, ...extras }, stated);
    expect(faults.map((fault) => fault.message)).toEqual(message === undefined ? [] : [message]);
    expect(closingFaults(undefined, stated)).toEqual([]);
  });
});

it('a semester that is no longer current has a version more', () => {
  expect(noLongerCurrent(before, 3, now)).toEqual({ ...before, current: false, version: 3, updatedAt: now });
});

it('semesters stand with the latest first, then by id', () => {
  const [a, b, c] = [before, { ...before, id: 'later', startsOn: '2027-01-01' }, { ...before, id: 'z' }];
  expect([a, b, c].sort(bySemesterOrder).map(({ id }) => id)).toEqual(['later', 'z', '2026-fall']);
});
