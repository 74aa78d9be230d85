import type { Dynamo } from '@registrar/dynamodb';
import type { SessionEventData } from '@registrar/contracts-gateway';
import type { CloudEvent } from '@registrar/messaging';
import { HealthRegistry } from '@registrar/service';
import { beforeEach, describe, expect, it } from 'vitest';
import { RevocationPoller } from './revocation-poller.ts';
import { allMinutes } from './revocation-window.rules.ts';
import { maxSkewMs, revocationAction } from './revocation.ts';
import type { Revocation, RevocationItem } from './revocation.ts';
import { Revocations } from './revocations.ts';
import { SessionEventsController } from './session-events.controller.ts';

const token = { id: 'usr_1', sessionId: 'ses_1', tokenVersion: 1 };
const start = Date.parse('2026-09-01T08:30:30.000Z');
const lookMs = 400;

/** The table, read by key and position as DynamoDB does. */
class RevocationsTable {
  readonly tables = { name: (name: string) => name };
  readonly items: RevocationItem[] = [];
  clock = start;
  asked = 0;
  away = false;

  now = () => this.clock;

  queryAll({ ExpressionAttributeValues: values }: { ExpressionAttributeValues: Record<string, string> }) {
    this.asked += 1;
    if (this.away) throw new Error('the store is away');
    const { ':minute': minute, ':from': from = '' } = values;
    return this.items.filter((item) => item.minute === minute && item.at_id >= from);
  }

  commit(change: Partial<Revocation>): void {
    const revocation: Revocation = {
      id: 'rev_1',
      userId: token.id,
      sessionId: token.sessionId,
      minVersion: 0,
      exceptSessionId: null,
      reason: 'logout',
      at: this.clock,
      ...change,
    };
    this.items.push(revocationAction('revocations', revocation).Put?.Item as RevocationItem);
  }
}

let table: RevocationsTable;
let revocations: Revocations;
let poller: RevocationPoller;

/** So many looks at their usual pace. */
async function look(times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    table.clock += lookMs;
    await poller.refreshRevocations();
  }
}

beforeEach(async () => {
  table = new RevocationsTable();
  revocations = new Revocations();
  poller = new RevocationPoller(table as unknown as Dynamo, revocations, new HealthRegistry());
  await poller.refreshRevocations();
});

describe('looking for revocations', () => {
  it.each([0, 10, 30, 59])(
    'finds at once one whose writer was paused for %i s before its commit',
    async (s) => {
      await look(200);
      table.commit({ at: table.clock - s * 1_000 });
      await look(1);
      expect(revocations.has(token)).toBe(true);
    },
  );

  it.each([-300, -120, -61, 61, 120, 299])(
    'finds within one round one whose stamp is off by %i s',
    async (s) => {
      await look(200);
      table.commit({ at: table.clock + s * 1_000 });
      await look(allMinutes(start).length);
      expect(revocations.has(token)).toBe(true);
    },
  );

  it.each([20 * 60, -299])('knows from the first look on one that was stamped %i s ago', async (s) => {
    const late = new Revocations();
    table.commit({ at: start - s * 1_000 });
    await new RevocationPoller(table as unknown as Dynamo, late, new HealthRegistry()).refreshRevocations();
    expect(late.has(token)).toBe(true);
  });

  it('goes on where the clock was set back by minutes', async () => {
    await look(10);
    table.clock -= 2 * maxSkewMs;
    table.commit({});
    await look(1);
    expect(revocations.has(token)).toBe(true);
  });

  it('catches up after minutes without the store', async () => {
    table.away = true;
    await look(1);
    table.commit({ at: table.clock + 1_000 });
    table.clock += 10 * 60_000;
    table.away = false;
    await look(1);
    expect(revocations.has(token)).toBe(true);
  });

  it('asks for five partitions at most in one look', async () => {
    for (let at = 0; at < 400; at += 1) {
      table.asked = 0;
      await look(1);
      expect(table.asked).toBeLessThanOrEqual(5);
    }
  });
});

describe('the event of a revocation', () => {
  const data: SessionEventData = {
    userId: token.id,
    sessionId: null,
    notBefore: '2026-09-01T08:00:00.000Z',
    reason: 'password',
  };
  const publishRevocation = (change: Partial<SessionEventData>) =>
    new SessionEventsController(poller, revocations).revoked({
      id: 'evt_1',
      data: { ...data, ...change },
    } as CloudEvent<SessionEventData>);

  beforeEach(() => (table.away = true));

  it('ends the tokens of a session, whenever it was stamped and without a look into the table', async () => {
    await publishRevocation({ sessionId: token.sessionId });
    expect(revocations.has(token)).toBe(true);
    expect(revocations.has({ ...token, sessionId: 'ses_2' })).toBe(false);
  });

  it("ends a user's older tokens, but for the session that goes on", async () => {
    await publishRevocation({ minVersion: 2, exceptSessionId: 'ses_2' });
    expect(revocations.has(token)).toBe(true);
    expect(revocations.has({ ...token, tokenVersion: 2 })).toBe(false);
    expect(revocations.has({ ...token, sessionId: 'ses_2' })).toBe(false);
  });

  it('ends nothing twice, and revives nothing, in any order with others and with the table', async () => {
    const received: string[] = [];
    revocations.onRevoked(({ userId }) => received.push(userId));
    await publishRevocation({ minVersion: 3 });
    await publishRevocation({ minVersion: 3 });
    await publishRevocation({ minVersion: 2, exceptSessionId: token.sessionId });
    table.away = false;
    table.commit({ sessionId: null, minVersion: 3 });
    await look(1);
    expect(received).toHaveLength(2);
    expect(revocations.has(token)).toBe(true);
  });

  it('of an earlier release, which does not say which tokens, makes the poller look', async () => {
    table.away = false;
    table.commit({ sessionId: null, minVersion: 2 });
    await publishRevocation({});
    expect(revocations.has(token)).toBe(true);
  });
});
