import { auditEvent, auditOutboxEntry } from '@registrar/audit';
import { defineTables } from '@registrar/dynamodb';
import { recordAction } from '@registrar/idempotency';
import { outboxAction } from '@registrar/messaging';
import { hotIndexes } from '@registrar/testing';
import { describe, expect, it } from 'vitest';
import { planCommit } from './ledger/commit-plan.rules.ts';
import { mailShard, mailShardsOf } from './ledger/mail-state.rules.ts';
import { tables } from './service-parts.ts';
import { entry } from './testing/entries.ts';

const basis = {
  inboxes: new Map(),
  preferences: new Map(),
  nowMs: 1_700_000_001_000,
  maxMailAgeMs: 60_000,
};
const ids = Array.from({ length: 1_000 }, (_, at) => `ntf_${at}`);
const entries = ids.map((id, at) => entry({ id, recipientId: `usr_${at}` }));

const defined = defineTables('notifications', '', tables);
const outbox = ids.map(() => {
  const event = auditEvent('notifications', {
    actor: null,
    action: 'access_refused',
    resource: 'notifications',
  });
  return { ...outboxAction(defined, auditOutboxEntry([event])).Put?.Item };
});

/** The answer to a read mark, with what the notification says. */
function keptAnswer(at: number): object {
  const request = { id: `key-${at}`, fingerprint: '', about: `usr_${at}` };
  return { ...recordAction('', request, { status: 200, body: null }, 0).Put.Item };
}
const others = { outbox, idempotent_requests: ids.map((_, at) => keptAnswer(at)) };

describe('the indexes of notifications', () => {
  it('take their writes on many keys', () => {
    const notifications = planCommit(entries, basis).rows;
    expect(hotIndexes(tables, { notifications, ...others })).toEqual([]);
  });

  it('take mails that were given up on many keys, each of which is looked at', () => {
    const failed = planCommit(entries, basis).rows.map((row) => {
      return { ...row, mail_shard: mailShard('failed', row.id) };
    });
    expect(hotIndexes(tables, { notifications: failed, ...others })).toEqual([]);
    const keys = failed.map((row) => row.mail_shard);
    expect([...new Set(keys)].sort()).toEqual(mailShardsOf('failed').sort());
  });
});
