import { describe, expect, it } from 'vitest';
import { yearLimits } from './formats/class-year-limits.rules.ts';
import { clockOf, dayOfDate, daysOf, hoursOf, kindsInWords } from './meeting-times.rules.ts';
import { creditsOf, describe as described } from './section-parts.rules.ts';

describe('days and hours', () => {
  it.each([
    ['MWF', ['mon', 'wed', 'fri']],
    ['TuTh', ['tue', 'thu']],
    ['MTWR', ['mon', 'tue', 'wed', 'thu']],
    ['TTh', ['tue', 'thu']],
    ['FSaSu', ['fri', 'sat', 'sun']],
    ['', undefined],
    ['MX', undefined],
    ['constructor', undefined],
  ])('%s', (text, days) => {
    expect(daysOf(text)).toEqual(days);
  });

  it.each([
    ['9:30', '09:30'],
    ['935', '09:35'],
    ['1315', '13:15'],
    ['4:00PM', '16:00'],
    ['12:15am', '00:15'],
    ['12:00pm', '12:00'],
    ['25:00', undefined],
    ['13:00pm', undefined],
    ['9:60', undefined],
    ['', undefined],
  ])('the time %s', (text, clock) => {
    expect(clockOf(text)).toBe(clock);
  });

  it.each([
    ['1045-1140', '10:45', '11:40'],
    ['1145-0110PM', '11:45', '13:10'],
    ['0120-0245PM', '13:20', '14:45'],
    ['1255-0150PM', '12:55', '13:50'],
    ['0700-1000PM', '19:00', '22:00'],
  ])('%s has the half of the day of its end', (text, start, end) => {
    expect(hoursOf(text)).toEqual({ start, end });
  });

  it('of nonsense are none, and so is a meeting over midnight', () => {
    for (const text of ['', '1045', '1100-1000', '9999-9999', 'TBA']) expect(hoursOf(text)).toBeUndefined();
  });

  it('of a date is its day of the week', () => {
    expect(dayOfDate('2024-12-12')).toBe('thu');
    for (const date of ['2024-02-30', 'TuTh', '12/12/2024']) expect(dayOfDate(date)).toBeUndefined();
  });

  it('of several kinds are said in words', () => {
    const meeting = (day: 'mon' | 'tue', start: string, end: string) => ({ day, start, end, room: '' });
    expect(
      kindsInWords([
        { kind: 'Lecture', meeting: meeting('mon', '09:00', '09:50') },
        { kind: 'Lecture', meeting: meeting('tue', '09:00', '09:50') },
        {
          kind: 'Final examination',
          meeting: { ...meeting('mon', '08:00', '10:59'), startsOn: '2024-12-09' },
        },
        { kind: 'Fieldwork', meeting: null },
      ]),
    ).toBe('Lecture: mon, tue 09:00-09:50. Final examination: 2024-12-09 08:00-10:59. Fieldwork.');
  });
});

describe('credits', () => {
  it.each([
    ['4', { credits: 4 }],
    ['2.5', { credits: 2.5 }],
    ['4–4', { credits: 4 }],
    ['1–12', { credits: 12, minCredits: 1 }],
    ['1 to 4', { credits: 4, minCredits: 1 }],
    ['0', { credits: 0 }],
  ])('%s are held', (text, fields) => {
    expect(creditsOf(text)).toEqual({ fields, losses: [] });
  });

  it.each([
    ['2 or 4', 'model', 'Only some amounts'],
    ['2, 4, or 6', 'model', 'Only some amounts'],
    ['0–1', 'model', 'begin at 0'],
    ['3.1', 'model', 'quarters'],
    ['', 'source', 'not said'],
    ['Var', 'source', 'not a number'],
    ['2–4/0', 'source', 'not a number'],
  ])('%s are a loss', (text, kind, cause) => {
    expect(creditsOf(text).losses).toEqual([
      { kind, cause: expect.stringContaining(cause) as string, detail: `credits "${text}"` },
    ]);
  });
});

it('a description has what else is to be told, and nothing is cut', () => {
  expect(described(' Long. ', ['Prerequisite: X.', ''])).toBe('Long.\n\nPrerequisite: X.');
  expect(described(null, ['a'.repeat(20_000)])).toHaveLength(20_000);
});

describe('limits of class years', () => {
  const free = undefined;

  it('shut years out by a restriction', () => {
    expect(yearLimits([0, free, free, 0], 19)).toEqual({
      fields: { restriction: { levels: ['sophomore', 'junior'] } },
      losses: [],
    });
    expect(yearLimits([free, free, free, free], 19)).toEqual({ fields: {}, losses: [] });
  });

  it('keep each its seats where they come to the capacity', () => {
    const seats = (level: string, count: number) => ({
      name: level,
      seats: count,
      match: { levels: [level] },
    });
    expect(yearLimits([9, 9, 0, 0], 18)).toEqual({
      fields: {
        restriction: { levels: ['freshman', 'sophomore'] },
        reservations: [seats('freshman', 9), seats('sophomore', 9)],
      },
      losses: [],
    });
  });

  it('leave one limited year the seats that are not kept for the others', () => {
    expect(yearLimits([free, free, free, 6], 25)).toEqual({
      fields: {
        reservations: [
          {
            name: 'freshman, sophomore, junior',
            seats: 19,
            match: { levels: ['freshman', 'sophomore', 'junior'] },
          },
        ],
      },
      losses: [],
    });
    expect(yearLimits([free, free, free, 25], 25)).toEqual({ fields: { reservations: [] }, losses: [] });
  });

  it('are a loss otherwise', () => {
    for (const limits of [
      [8, 5, free, free],
      [9, 9, 9, 9],
      [0, 0, 0, 0],
    ] as const)
      expect(yearLimits(limits, 19).losses).toHaveLength(1);
  });
});
