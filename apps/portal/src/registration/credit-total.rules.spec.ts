import { describe, expect, it } from 'vitest';
import { creditTotals } from './credit-total.rules.ts';

describe('credits of a semester', () => {
  it('counts what is held and completed, and waiting places apart', () => {
    expect(
      creditTotals([
        { status: 'enrolled', credits: 3.25 },
        { status: 'completed', credits: 1.5 },
        { status: 'waitlisted', credits: 4 },
        { status: 'dropped', credits: 8 },
        { status: 'withdrawn', credits: 8 },
        { status: 'cancelled', credits: 8 },
      ]),
    ).toEqual({ taken: 4.75, waiting: 4 });
  });
});
