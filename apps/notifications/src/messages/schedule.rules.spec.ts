import { describe, expect, it } from 'vitest';
import { scheduleLines } from './schedule.rules.ts';

const lecture = { start: '09:00', end: '10:30', room: 'Hall 1' };

describe('meeting times in words', () => {
  it('puts the days of one time and room together, in order of the week', () => {
    const meetings = [
      { day: 'fri', start: '14:00', end: '16:00', room: '' },
      { day: 'wed', ...lecture },
      { day: 'mon', ...lecture },
    ];
    expect(scheduleLines(meetings)).toEqual(['Mon, Wed 09:00–10:30, Hall 1', 'Fri 14:00–16:00']);
  });

  it.each([
    [{ startsOn: '2026-09-01', endsOn: '2026-10-16' }, ', from 2026-09-01 until 2026-10-16'],
    [{ startsOn: '2026-10-19' }, ', from 2026-10-19'],
    [{ endsOn: '2026-10-16' }, ', until 2026-10-16'],
    [{ startsOn: '2026-10-19', endsOn: '2026-10-19' }, ', on 2026-10-19'],
  ])('says its dates: %j', (dates, words) => {
    expect(scheduleLines([{ day: 'mon', ...lecture, ...dates }])).toEqual([
      `Mon 09:00–10:30, Hall 1${words}`,
    ]);
  });

  it('keeps meetings of other dates apart', () => {
    const half = { day: 'mon', ...lecture, endsOn: '2026-10-16' };
    expect(scheduleLines([half, { day: 'mon', ...lecture }, { ...half, day: 'wed' }])).toHaveLength(2);
  });

  it('says nothing where there are none', () => expect(scheduleLines([])).toEqual([]));
});
