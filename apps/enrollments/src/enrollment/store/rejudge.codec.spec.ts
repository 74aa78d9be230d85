import { describe, expect, it } from 'vitest';
import { nextLook } from './rejudge.codec.ts';

describe('the next pass over waiting students', () => {
  it.each([
    ['repeats the first one', { last_look_at: 110 }, 100, { at: 110, last: 110 }],
    ['is none after the last one', { last_look_at: 110 }, 110, undefined],
    ['is at the opening to come', { last_look_at: 100, openings: [50, 500] }, 100, { at: 500, last: 10_500 }],
    [
      'is at an opening before the repetition',
      { last_look_at: 110, openings: [105] },
      100,
      { at: 105, last: 10_105 },
    ],
    [
      'is the repetition before a later opening',
      { last_look_at: 110, openings: [500] },
      100,
      { at: 110, last: 110 },
    ],
    ['is none after all openings', { last_look_at: 110, openings: [50, 90] }, 120, undefined],
  ])('%s', (_, note, now, expected) => expect(nextLook(note, now)).toEqual(expected));
});
