import { Dynamo } from '@registrar/dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { mailShard } from '../ledger/mail-state.rules.ts';
import type { NotificationRow } from '../ledger/notification-row.ts';
import { TestSystem, soon } from '../testing/system.ts';
import { MailSender } from './mail.sender.ts';
import { SmtpTransport } from './smtp.transport.ts';

const hour = 3_600_000;
const minutes10 = 600_000;
const leaseMs = 6_000;
const retryCapMs = 60_000;

/** The wall clocks of all that runs in this process step; the store's does not. */
function stepWallClock(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

describe('the lease of a mail', () => {
  let system: TestSystem;
  let dynamo: Dynamo;
  let sender: MailSender;
  let transport: SmtpTransport;

  beforeAll(async () => {
    // Long enough that only the tests send.
    system = await TestSystem.start({ MAIL_LEASE_MS: String(leaseMs), MAIL_SWEEP_MS: String(hour) });
    dynamo = system.app.app.get(Dynamo, { strict: false });
    sender = system.app.app.get(MailSender, { strict: false });
    transport = system.app.app.get(SmtpTransport, { strict: false });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  afterAll(() => system?.close());

  const key = (id: string) => ({ TableName: dynamo.tables.name('notifications'), Key: { id } });
  const rowOf = (id: string) => dynamo.get<NotificationRow>('notifications', { id });

  /** A mail that was sent and is queued again, held by another process until `dueInMs` from now. */
  async function held(dueInMs: number): Promise<string> {
    const student = system.student();
    const id = (await system.notify(student.id)).items[0]?.id ?? '';
    await vi.waitFor(async () => expect(await rowOf(id)).toMatchObject({ mail_status: 'sent' }), soon);
    await dynamo.update({
      ...key(id),
      UpdateExpression:
        'SET mail_status = :queued, mail_shard = :shard, mail_due_at = :due, mail_claim = :other',
      ExpressionAttributeValues: {
        ':queued': 'queued',
        ':shard': mailShard('queued', id),
        ':due': dynamo.now() + dueInMs,
        ':other': 'another process',
      },
    });
    return id;
  }

  it.each([minutes10, hour])('is left alone by an instance whose clock is ahead by %i ms', async (stepMs) => {
    const id = await held(60_000);
    stepWallClock(stepMs);
    const send = vi.spyOn(transport, 'sendMail');
    expect(await sender.sendMail(id)).toBeUndefined();
    expect(send).not.toHaveBeenCalled();
    expect(await rowOf(id)).toMatchObject({ mail_claim: 'another process' });
  });

  it.each([-minutes10, -hour])(
    'that is over is taken by an instance whose clock is behind by %i ms',
    async (ms) => {
      const id = await held(-1_000);
      stepWallClock(ms);
      const send = vi.spyOn(transport, 'sendMail').mockResolvedValue(undefined);
      await sender.sendMail(id);
      expect(send).toHaveBeenCalledOnce();
      expect(await rowOf(id)).toMatchObject({ mail_status: 'sent' });
    },
  );

  it.each([-hour, hour])(
    'and its renewals last as long when the clock steps by %i ms',
    async (stepMs) => {
      const id = await held(-1_000);
      vi.spyOn(transport, 'sendMail').mockImplementation(async () => {
        const first = await rowOf(id);
        stepWallClock(stepMs);
        const renewed = await vi.waitFor(
          async () => {
            const row = await rowOf(id);
            expect(row?.mail_due_at).toBeGreaterThan(first?.mail_due_at ?? Infinity);
            return row;
          },
          { timeout: leaseMs, interval: 100 },
        );
        for (const row of [first, renewed]) {
          expect(row?.mail_due_at).toBeGreaterThan(dynamo.now());
          expect(row?.mail_due_at).toBeLessThanOrEqual(dynamo.now() + leaseMs);
        }
      });
      await sender.sendMail(id);
      expect(await rowOf(id)).toMatchObject({ mail_status: 'sent' });
    },
    40_000,
  );

  it.each([-hour, hour])(
    'ends with a retry that is due soon when the clock steps by %i ms',
    async (stepMs) => {
      const id = await held(-1_000);
      vi.spyOn(transport, 'sendMail').mockImplementation(() => {
        stepWallClock(stepMs);
        return Promise.reject(Object.assign(new Error('connection lost'), { code: 'ECONNECTION' }));
      });
      const again = await sender.sendMail(id);
      expect(again?.inMs).toBeGreaterThanOrEqual(0);
      expect(again?.inMs).toBeLessThanOrEqual(retryCapMs);
      const row = await rowOf(id);
      expect(row?.mail_due_at).toBeGreaterThan(dynamo.now() - 2_000);
      expect(row?.mail_due_at).toBeLessThanOrEqual(dynamo.now() + retryCapMs);
    },
  );
});
