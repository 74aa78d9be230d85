import type { Meeting } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { groupMeetings } from './meetings.rules.ts';

const at = (day: Meeting['day'], start: string, end: string, room = 'A 1'): Meeting => ({
  day,
  start,
  end,
  room,
});

describe('meetings as they are said', () => {
  it('puts days of the same time and room together, Monday first', () => {
    expect(
      groupMeetings([at('fri', '09:00', '09:50'), at('mon', '09:00', '09:50'), at('wed', '09:00', '09:50')]),
    ).toEqual([{ days: ['mon', 'wed', 'fri'], start: '09:00', end: '09:50', room: 'A 1' }]);
  });

  it('keeps other times and other rooms apart, in order of the week', () => {
    const groups = groupMeetings([
      at('thu', '14:00', '16:00', 'Lab'),
      at('tue', '09:00', '09:50'),
      at('tue', '08:00', '08:50'),
      at('thu', '09:00', '09:50', 'B 2'),
    ]);
    expect(groups.map(({ days, start, room }) => [days.join(), start, room])).toEqual([
      ['tue', '08:00', 'A 1'],
      ['tue', '09:00', 'A 1'],
      ['thu', '09:00', 'B 2'],
      ['thu', '14:00', 'Lab'],
    ]);
  });

  it('keeps other dates apart', () => {
    const half = { ...at('mon', '09:00', '10:00'), endsOn: '2027-03-05' };
    expect(groupMeetings([half, at('mon', '09:00', '10:00'), { ...half, day: 'wed' }])).toHaveLength(2);
  });

  it('says a day once, and nothing of none', () => {
    expect(groupMeetings([at('mon', '09:00', '10:00'), at('mon', '09:00', '10:00')])).toHaveLength(1);
    expect(groupMeetings([])).toEqual([]);
  });
});
