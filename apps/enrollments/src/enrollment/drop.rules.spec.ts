import { describe, expect, it } from 'vitest';
import { dropOutcome } from './drop.rules.ts';
import type { ActiveHold } from './student-record/student-record.types.ts';
import { campusWords, offeringOf, semesterRules } from './testing/builders.ts';

const semester = semesterRules();
const deadlines = { drop: semester.dropDeadlineAt, withdraw: semester.withdrawDeadlineAt };
const terms = { semester, offering: offeringOf('algebra'), holds: [] };
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
    expect(dropOutcome(status, terms, { now, campusTime: campusWords })).toMatchObject(outcome);
  });

  it("goes by the course's own deadlines where it has any", () => {
    const own = {
      dropDeadlineAt: '2027-01-20T05:00:00.000Z',
      withdrawDeadlineAt: '2027-01-25T05:00:00.000Z',
    };
    const half = { ...terms, offering: offeringOf('algebra', own) };
    const kindAt = (now: string) => dropOutcome('enrolled', half, { now, campusTime: campusWords });
    expect(kindAt(own.dropDeadlineAt)).toMatchObject({ status: 'dropped' });
    expect(kindAt(after(own.dropDeadlineAt))).toMatchObject({ status: 'withdrawn' });
    expect(kindAt(after(own.withdrawDeadlineAt))).toMatchObject({
      code: 'drop_period_closed',
      params: { withdrawDeadlineAt: own.withdrawDeadlineAt },
    });
  });

  const hold: ActiveHold = {
    id: 'hld_1',
    office: 'Student Accounts',
    reason: 'A fee is open.',
    blocks: ['drop'],
    placedAt: '2027-01-01T00:00:00.000Z',
    placedBy: 'usr_r',
  };

  it.each([
    ['enrolled', deadlines.drop, 'hold'],
    ['waitlisted', deadlines.drop, 'hold'],
    ['enrolled', after(deadlines.withdraw), 'hold'],
    ['completed', deadlines.drop, 'enrollment_completed'],
    ['dropped', deadlines.drop, undefined],
  ] as const)('under a hold, of one that is %s at %s', (status, now, code) => {
    const outcome = dropOutcome(status, { ...terms, holds: [hold] }, { now, campusTime: campusWords });
    expect('code' in outcome ? outcome.code : undefined).toBe(code);
    expect(JSON.stringify(outcome)).not.toMatch(/"detail":"[^"]*fee/);
  });

  it('says in campus time until when it was possible', () => {
    const moment = { now: after(deadlines.withdraw), campusTime: campusWords };
    expect(dropOutcome('enrolled', terms, moment)).toMatchObject({
      detail: expect.stringContaining('until Mar 15, 2027, 7:59 PM EDT.') as string,
      params: { withdrawDeadlineAt: deadlines.withdraw },
    });
  });
});
