import { auditEvent, auditOutboxEntry } from '@registrar/audit';
import { defineTables } from '@registrar/dynamodb';
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

describe('the indexes of notifications', () => {
  it('take their writes on many keys', () => {
    expect(hotIndexes(tables, { notifications: planCommit(entries, basis).rows, outbox })).toEqual([]);
  });

  it('take mails that were given up on many keys, each of which is looked at', () => {
    const failed = planCommit(entries, basis).rows.map((row) => {
      return { ...row, mail_shard: mailShard('failed', row.id) };
    });
    expect(hotIndexes(tables, { notifications: failed, outbox })).toEqual([]);
    const keys = failed.map((row) => row.mail_shard);
    expect([...new Set(keys)].sort()).toEqual(mailShardsOf('failed').sort());
  });
});
