import { describe, expect, it } from 'vitest';
import { dropEffect } from './drop.rules.ts';

const times = { dropDeadlineAt: '2026-09-15T03:59:00.000Z', withdrawDeadlineAt: '2026-11-01T03:59:00.000Z' };

describe('what follows from dropping', () => {
  it.each([
    ['enrolled', '2026-09-15T03:59:00.000Z', 'drop'],
    ['enrolled', '2026-09-15T03:59:00.001Z', 'withdraw'],
    ['enrolled', '2026-11-01T03:59:00.000Z', 'withdraw'],
    ['enrolled', '2026-11-01T03:59:00.001Z', 'too-late'],
    ['waitlisted', '2027-01-01T00:00:00.000Z', 'leave'],
  ] as const)('of one that is %s at %s: %s', (status, at, effect) => {
    expect(dropEffect(status, times, Date.parse(at))).toBe(effect);
  });

  it('is not known before the deadlines are', () => {
    expect(dropEffect('enrolled', undefined, 0)).toBe('unknown');
  });
});
