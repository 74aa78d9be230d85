import type { Meeting } from '@registrar/contracts-courses';
import { describe, expect, it } from 'vitest';
import { clashesOf } from './clash.rules.ts';

const meeting = (day: Meeting['day'], start: string, end: string, room = 'A 1'): Meeting => ({
  day,
  start,
  end,
  room,
});

describe('meetings that share a minute', () => {
  it.each([
    ['the same hours', meeting('mon', '09:00', '10:00'), true],
    ['a part of them', meeting('mon', '09:59', '11:00'), true],
    ['within them', meeting('mon', '09:15', '09:30'), true],
    ['right after', meeting('mon', '10:00', '11:00'), false],
    ['another day', meeting('tue', '09:00', '10:00'), false],
  ])('%s', (_, other, expected) => {
    const one = meeting('mon', '09:00', '10:00');
    expect(clashesOf([one], [other])).toEqual(expected ? [[one, other]] : []);
  });
});
