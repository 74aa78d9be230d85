import { describe, expect, it } from 'vitest';
import { forgottenAfterMs, lostAfterMs, planSweep, stuckAfterMs } from './sweep.rules.ts';

const nowMs = 1_700_000_000_000;
const mail = (id: string, overdueMs: number) => ({ id, mail_due_at: nowMs - overdueMs, mail_attempts: 0 });
const lost = mail('lost', lostAfterMs);
const stuck = mail('stuck', stuckAfterMs);
const forgotten = mail('forgotten', forgottenAfterMs);
const all = [forgotten, stuck, lost];

describe('overdue mails', () => {
  it('are sent without jobs while their Redis is away', () =>
    expect(planSweep(all, undefined, nowMs)).toEqual({ requeue: [], direct: all }));

  it('are given to the jobs again when too few jobs wait, and sent when that did not help', () => {
    expect(planSweep(all, 0, nowMs)).toEqual({ requeue: [lost], direct: [forgotten, stuck] });
    expect(planSweep(all, 1, nowMs)).toEqual({ requeue: [stuck, lost], direct: [forgotten] });
  });

  it('are left in line while they stand in one, but not for ever', () => {
    expect(planSweep([stuck, lost], 500, nowMs)).toEqual({ requeue: [], direct: [] });
    expect(planSweep(all, 500, nowMs)).toEqual({ requeue: [], direct: [forgotten] });
  });
});
