import { describe, expect, it } from 'vitest';
import { dropOutcome } from './drop.rules.ts';
import { campusWords, semesterRules } from './testing/builders.ts';

const semester = semesterRules();
const deadlines = { drop: semester.dropDeadlineAt, withdraw: semester.withdrawDeadlineAt };
const after = (moment: string) => moment.replace('.000Z', '.001Z');

describe('dropOutcome', () => {
  it.each([
    ['enrolled', deadlines.drop, { kind: 'ends', status: 'dropped' }],
    ['enrolled', after(deadlines.drop), { kind: 'ends', status: 'withdrawn' }],
    ['enrolled', deadlines.withdraw, { kind: 'ends', status: 'withdrawn' }],
    ['enrolled', after(deadlines.withdraw), { kind: 'refused', code: 'drop_period_closed' }],
    ['waitlisted', after(deadlines.withdraw), { kind: 'ends', status: 'dropped' }],
    ['completed', deadlines.drop, { kind: 'refused', code: 'enrollment_completed' }],
    ['dropped', after(deadlines.withdraw), { kind: 'already_ended' }],
    ['withdrawn', deadlines.drop, { kind: 'already_ended' }],
    ['cancelled', deadlines.drop, { kind: 'already_ended' }],
  ] as const)('of one that is %s at %s', (status, now, outcome) => {
    expect(dropOutcome(status, semester, { now, campusTime: campusWords })).toMatchObject(outcome);
  });

  it('says in campus time until when it was possible', () => {
    const moment = { now: after(deadlines.withdraw), campusTime: campusWords };
    expect(dropOutcome('enrolled', semester, moment)).toMatchObject({
      detail: expect.stringContaining('until Mar 15, 2027, 7:59 PM EDT.') as string,
      params: { withdrawDeadlineAt: deadlines.withdraw },
    });
  });
});
