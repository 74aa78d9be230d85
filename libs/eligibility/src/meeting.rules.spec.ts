import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetAtOnce } from './meeting.rules.ts';
import type { WeeklyMeeting } from './meeting.rules.ts';

const monday: WeeklyMeeting = { day: 'mon', start: '09:00', end: '10:00' };
const dates = (startsOn?: string, endsOn?: string) => ({ ...monday, startsOn, endsOn });

describe('two meetings', () => {
  it.each([
    ['the same', monday, monday, true],
    ['on other days', monday, { ...monday, day: 'tue' }, false],
    ['that touch', monday, { ...monday, start: '10:00', end: '11:00' }, false],
    ['that share a minute', monday, { ...monday, start: '09:59', end: '11:00' }, true],
    ['of which one is within the other', monday, { ...monday, start: '09:20', end: '09:40' }, true],
    ['of two halves', dates(undefined, '2027-03-05'), dates('2027-03-08'), false],
    ['of halves that share a week', dates(undefined, '2027-03-08'), dates('2027-03-08'), true],
    [
      'that share dates without a Monday',
      dates('2027-01-04', '2027-01-10'),
      dates('2027-01-05', '2027-01-31'),
      false,
    ],
    [
      'that share dates with a Monday',
      dates('2027-01-04', '2027-01-11'),
      dates('2027-01-05', '2027-01-31'),
      true,
    ],
    ['of one date and the whole semester', dates('2027-05-10', '2027-05-10'), monday, true],
    ['of one date that is another weekday', dates('2027-05-11', '2027-05-11'), monday, false],
  ])('%s', (_, one, other, expected) => {
    expect(meetAtOnce(one, other)).toBe(expected);
    expect(meetAtOnce(other, one)).toBe(expected);
  });

  it('meet at once where some day of the year has both, whatever the dates are', () => {
    const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const begin = Date.parse('2027-01-01');
    const dateOf = (day: number) => new Date(begin + day * 86_400_000).toISOString().slice(0, 10);
    const meeting = fc
      .record({ day: fc.constantFrom('mon', 'tue'), from: fc.nat(60), length: fc.nat(20) })
      .map(({ day, from, length }) => ({
        ...monday,
        day,
        startsOn: dateOf(from),
        endsOn: dateOf(from + length),
      }));
    const takesPlace = ({ day, startsOn, endsOn }: WeeklyMeeting, date: string) =>
      date >= (startsOn ?? '') && date <= (endsOn ?? '') && names[new Date(date).getUTCDay()] === day;
    fc.assert(
      fc.property(meeting, meeting, (one, other) => {
        const shared = Array.from({ length: 90 }, (_, day) => dateOf(day)).some(
          (date) => takesPlace(one, date) && takesPlace(other, date),
        );
        expect(meetAtOnce(one, other)).toBe(shared);
      }),
    );
  });
});
