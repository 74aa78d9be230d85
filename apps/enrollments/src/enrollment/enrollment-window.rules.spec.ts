import { describe, expect, it } from 'vitest';
import { isWindowOpen, openingFor, openingsOf, promotionState } from './enrollment-window.rules.ts';
import { seatsOf, semesterRules } from './testing/builders.ts';

const student = { programs: ['CS'], level: 'senior', groups: ['honors'], earnedCredits: 60 };
const opening = (day: number) => `2027-01-0${day}T08:00:00.000Z`;
const ticket = (name: string, match: object, day: number) => ({ name, match, opensAt: opening(day) });

describe('the opening for a student', () => {
  it.each([
    ['the general one without a ticket', [], null, opening(5)],
    ['the general one where none matches', [ticket('Juniors', { levels: ['junior'] }, 2)], null, opening(5)],
    ['that of a matching ticket', [ticket('Seniors', { levels: ['senior'] }, 3)], 'Seniors', opening(3)],
    [
      'the earliest of the matching ones',
      [
        ticket('Seniors', { levels: ['senior'] }, 3),
        ticket('Honors', { groups: ['honors'] }, 2),
        ticket('Visitors', { levels: ['visitor'] }, 1),
      ],
      'Honors',
      opening(2),
    ],
    [
      'a later one than the general, where its ticket matches',
      [ticket('Late', { programs: ['CS'] }, 8)],
      'Late',
      opening(8),
    ],
    [
      'by all fields of a match',
      [ticket('Both', { levels: ['senior'], minCredits: 61 }, 1), ticket('Credits', { minCredits: 60 }, 4)],
      'Credits',
      opening(4),
    ],
  ])('is %s', (_, tickets, name, opensAt) => {
    const semester = semesterRules({ enrollmentOpensAt: opening(5), tickets });
    expect(openingFor(semester, student)).toEqual({ ticket: name, opensAt });
  });

  it('is the first that is stated of two tickets that open at one moment', () => {
    const tickets = [ticket('A', { levels: ['senior'] }, 2), ticket('B', { groups: ['honors'] }, 2)];
    expect(openingFor(semesterRules({ tickets }), student).ticket).toBe('A');
  });
});

describe('the window of a semester', () => {
  const tickets = [ticket('Early', { levels: ['senior'] }, 2), ticket('Late', { levels: ['junior'] }, 8)];
  const semester = semesterRules({ enrollmentOpensAt: opening(5), tickets });

  it('is open as soon as it is for anybody', () => {
    expect(isWindowOpen(semester, '2027-01-02T07:59:59.999Z')).toBe(false);
    expect(isWindowOpen(semester, opening(2))).toBe(true);
    expect(isWindowOpen(semester, semester.enrollmentClosesAt)).toBe(false);
  });

  it('is closed while registration pauses', () => {
    const paused = { ...semester, pausedAt: opening(6) };
    expect(isWindowOpen(paused, '2027-01-06T07:59:59.999Z')).toBe(true);
    expect(isWindowOpen(paused, opening(6))).toBe(false);
  });

  it('opens at each moment once', () => {
    const again = { ...semester, tickets: [...tickets, ticket('More', { minCredits: 1 }, 8)] };
    expect(openingsOf(again)).toEqual([opening(2), opening(5), opening(8)]);
  });
});

describe('promotions', () => {
  const semester = semesterRules();
  const open = seatsOf('algebra');
  it.each([
    ['allowed while course and window are open', open, {}, 'allowed'],
    ['over in a course that is closed', { ...open, status: 'closed' as const }, {}, 'over'],
    ['over once the window has closed', open, { enrollmentClosesAt: opening(9) }, 'over'],
    ['over once the course has closed', { ...open, enrollmentClosesAt: opening(9) }, {}, 'over'],
    [
      'allowed in a course that closes later than its semester',
      { ...open, enrollmentClosesAt: '2027-03-01T00:00:00.000Z' },
      { enrollmentClosesAt: opening(9) },
      'allowed',
    ],
    ['for later before the first opening', open, { enrollmentOpensAt: '2027-01-20T08:00:00.000Z' }, 'later'],
    ['for later while registration pauses', open, { pausedAt: opening(9) }, 'later'],
  ])('are %s', (_, seats, change, state) => {
    const now = '2027-01-15T12:00:00.000Z';
    expect(promotionState({ seats, semester: { ...semester, ...change }, now })).toBe(state);
  });
});
