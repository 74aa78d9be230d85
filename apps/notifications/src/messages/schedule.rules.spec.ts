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

  it('says nothing where there are none', () => expect(scheduleLines([])).toEqual([]));
});
