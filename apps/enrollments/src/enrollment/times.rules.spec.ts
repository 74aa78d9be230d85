import { describe, expect, it } from 'vitest';
import { overlapOf } from './times.rules.ts';
import { meeting } from './testing/builders.ts';

describe('overlapOf', () => {
  it.each([
    ['on other days', meeting('mon'), meeting('tue'), false],
    ['that only touch', meeting('mon', '09:00', '10:00'), meeting('mon', '10:00', '11:00'), false],
    ['that overlap by a minute', meeting('mon', '09:00', '10:01'), meeting('mon', '10:00', '11:00'), true],
    ['one within the other', meeting('mon', '08:00', '12:00'), meeting('mon', '09:00', '10:00'), true],
    ['at the same time', meeting('fri'), meeting('fri'), true],
  ])('judges meetings %s', (_, a, b, overlap) => {
    expect(overlapOf([a], [b]) !== undefined).toBe(overlap);
    expect(overlapOf([b], [a]) !== undefined).toBe(overlap);
  });

  it('looks at every pair, and finds none where there are no meetings', () => {
    expect(overlapOf([meeting('mon'), meeting('wed')], [meeting('tue'), meeting('wed')])).toEqual([
      meeting('wed'),
      meeting('wed'),
    ]);
    expect(overlapOf([], [meeting('mon')])).toBeUndefined();
  });
});
