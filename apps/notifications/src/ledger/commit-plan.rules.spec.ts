import { defaultPreferences } from '@registrar/contracts-notifications';
import { describe, expect, it } from 'vitest';
import type { CommitBasis } from './commit-plan.rules.ts';
import { commitActions, planCommit } from './commit-plan.rules.ts';
import { emptyInbox } from './inbox-state.rules.ts';
import { entry } from '../testing/entries.ts';

const nowMs = 1_700_000_001_000;
const basis: CommitBasis = {
  inboxes: new Map(),
  preferences: new Map(),
  nowMs,
  maxMailAgeMs: 60_000,
};

describe('a commit of notifications', () => {
  it('gives two rows of one person different moments and raises the inbox version once', () => {
    const { rows, inboxes } = planCommit([entry({ id: 'ntf_1' }), entry({ id: 'ntf_2' })], basis);
    expect(rows.map((row) => Date.parse(row.created_at))).toEqual([nowMs, nowMs + 1]);
    expect(inboxes).toMatchObject([{ user_id: 'usr_a', version: 1, unread: 2 }]);
  });

  it('goes on from the inbox as it was read', () => {
    const before = {
      ...emptyInbox('usr_a'),
      version: 7,
      unread: 3,
      last_at: new Date(nowMs + 50).toISOString(),
    };
    const { rows, inboxes } = planCommit([entry()], { ...basis, inboxes: new Map([['usr_a', before]]) });
    expect(Date.parse(rows[0]?.created_at ?? '')).toBe(nowMs + 51);
    expect(inboxes).toMatchObject([{ version: 8, unread: 4 }]);
  });

  it('queues the mail, unless the person wants none of its kind', () => {
    const none = { email: { ...defaultPreferences.email, enrollment: false } };
    const chosen = { ...basis, preferences: new Map([['usr_a', none]]) };
    expect(planCommit([entry()], basis).rows[0]).toMatchObject({ mail_status: 'queued', mail_due_at: nowMs });
    const [suppressed] = planCommit([entry()], chosen).rows;
    expect(suppressed).toMatchObject({ mail_status: 'suppressed', mail_attempts: 0 });
    expect(suppressed).not.toHaveProperty('mail_shard');
    expect(planCommit([entry({ category: 'course', kind: 'cancelled' })], chosen).rows[0]).toMatchObject({
      mail_status: 'queued',
    });
  });

  it('sends no mail about what is long past, as in a replay', () => {
    const old = entry({ eventAtMs: nowMs - 60_001 });
    expect(planCommit([old], basis).rows[0]).toMatchObject({ mail_status: 'suppressed' });
  });

  it('keeps rows for a time from their event on', () => {
    const { rows } = planCommit([entry({ eventAtMs: nowMs - 5_000 })], { ...basis, keptDays: 365 });
    expect(rows).toMatchObject([{ expires_at: (nowMs - 5_000 + 365 * 86_400_000) / 1_000 }]);
  });

  it('keeps a password reset out of the inbox', () => {
    const { rows, inboxes } = planCommit([entry({ kind: 'password_reset', inbox: false })], basis);
    expect(rows[0]).not.toHaveProperty('user_id');
    expect(inboxes).toEqual([]);
  });

  it('is one transaction that no row enters twice', () => {
    const plan = planCommit([entry({ id: 'ntf_1' }), entry({ id: 'ntf_2', recipientId: 'usr_b' })], basis);
    const actions = commitActions(plan, { notifications: 'n', inboxes: 'i' });
    expect(actions.map((action) => Object.keys(action)[0])).toEqual(['Put', 'Put', 'Update', 'Update']);
    expect(actions[0]?.Put?.ConditionExpression).toBe('attribute_not_exists(id)');
  });
});
