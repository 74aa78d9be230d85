import { createDynamo } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { newId } from '@registrar/service';
import { DynamoFaultProxy } from '@registrar/testing';
import type { DynamoCall } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceName, tables } from '../service-parts.ts';
import { entry } from '../testing/entries.ts';
import { TestSurroundings } from '../testing/test-surroundings.ts';
import type { LedgerCommit } from './ledger-commit.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { LedgerRepository } from './ledger.repository.ts';
import { LedgerBacklog } from './ledger-backlog.ts';
import { LedgerWriter } from './ledger.writer.ts';

describe('the ledger', () => {
  let around: TestSurroundings;
  let proxy: DynamoFaultProxy;
  let dynamo: Dynamo;
  const commits: LedgerCommit[] = [];

  beforeAll(async () => {
    around = await TestSurroundings.make();
    proxy = await DynamoFaultProxy.start(process.env['DYNAMODB_ENDPOINT'] ?? '');
    const config = { DYNAMODB_ENDPOINT: proxy.url, AWS_REGION: 'us-east-1', TABLE_PREFIX: around.prefix };
    dynamo = createDynamo({
      service: serviceName,
      tables,
      config,
      limits: { deadlineMs: 1_500, requestTimeoutMs: 700 },
    });
  });

  afterAll(async () => {
    dynamo?.close();
    await proxy?.close();
    await around?.close();
  });

  function writer(): LedgerWriter {
    const committed = (commit: LedgerCommit): Promise<void> => {
      commits.push(commit);
      return Promise.resolve();
    };
    return new LedgerWriter(new LedgerRepository(dynamo), new LedgerBacklog(), [{ committed }], {
      MAIL_MAX_AGE_HOURS: 24,
    });
  }

  const entriesOf = (recipientId: string, count: number): LedgerEntry[] =>
    Array.from({ length: count }, () => entry({ id: newId('ntf'), recipientId, eventAtMs: Date.now() }));

  async function inboxOf(userId: string): Promise<{ unread: number; rows: string[] }> {
    const [state, rows] = await Promise.all([
      around.dynamo.get<{ unread: number }>('inboxes', { user_id: userId }),
      around.dynamo.query<{ id: string }>({
        TableName: around.dynamo.tables.name('notifications'),
        IndexName: 'NotificationsByUser',
        KeyConditionExpression: 'user_id = :user',
        ExpressionAttributeValues: { ':user': userId },
      }),
    ]);
    return { unread: state?.unread ?? 0, rows: rows.items.map((row) => row.id).sort() };
  }

  async function expectWhole(userId: string, entries: readonly LedgerEntry[]): Promise<void> {
    expect(await inboxOf(userId)).toEqual({
      unread: entries.length,
      rows: entries.map(({ id }) => id).sort(),
    });
  }

  it('has each row once, however often and on however many instances it is written', async () => {
    const people = Array.from({ length: 20 }, () => newId('usr'));
    const entries = people.flatMap((person) => entriesOf(person, 5));
    const instances = [writer(), writer(), writer()];
    const all = instances.flatMap((instance) => entries.map((each) => instance.write(each)));
    await Promise.all(all);
    for (const person of people) {
      await expectWhole(
        person,
        entries.filter(({ recipientId }) => recipientId === person),
      );
    }
  });

  it('writes many rows with few transactions', async () => {
    const before = proxy.calls.get('TransactWriteItems') ?? 0;
    const entries = Array.from({ length: 300 }, () => entriesOf(newId('usr'), 1)).flat();
    const one = writer();
    await Promise.all(entries.map((each) => one.write(each)));
    expect((proxy.calls.get('TransactWriteItems') ?? 0) - before).toBeLessThan(20);
  });

  it('writes what comes in one turn of the event loop, as a batch of events does, in one transaction', async () => {
    // By token: a transaction that is not answered in time is sent again under the same one.
    const tokens = new Set<unknown>();
    const call = ({ body }: DynamoCall) => Boolean(tokens.add(body['ClientRequestToken']));
    const rule = proxy.when({ operation: 'TransactWriteItems', call }, { delayMs: 0 });
    const one = writer();
    await Promise.all(
      Array.from({ length: 40 }, () => one.write(entry({ id: newId('ntf'), recipientId: newId('usr') }))),
    );
    rule.end();
    expect(tokens.size).toBe(1);
  });

  it('writes a hundred rows of one person in their order', async () => {
    const person = newId('usr');
    const entries = entriesOf(person, 100);
    const one = writer();
    await Promise.all(entries.map((each) => one.write(each)));
    await expectWhole(person, entries);
    const rows = commits.flatMap((commit) => commit.rows).filter((row) => row.recipient_id === person);
    const inOrder = [...rows].sort((a, b) => a.created_at.localeCompare(b.created_at)).map((row) => row.id);
    expect(inOrder).toEqual(entries.map(({ id }) => id));
  });

  it.each([
    ['an answer that is lost', 'lose-answer'],
    ['a conflict', 'conflict'],
    ['throttling', 'throttle'],
    ['a connection that is hung up', 'hang-up'],
  ] as const)('counts right after %s', async (_, fault) => {
    const person = newId('usr');
    const entries = entriesOf(person, 3);
    proxy.when({ operation: 'TransactWriteItems' }, fault, 1);
    const one = writer();
    await Promise.all(entries.map((each) => one.write(each)));
    await expectWhole(person, entries);
  });

  it('refuses while the store is away, and has the row once when it is written again', async () => {
    const person = newId('usr');
    const [only] = entriesOf(person, 1);
    if (!only) throw new Error('there is one');
    const rule = proxy.when({ operation: 'TransactWriteItems' }, 'unavailable');
    const one = writer();
    await expect(one.write(only)).rejects.toMatchObject({ code: 'service_unavailable' });
    rule.end();
    await Promise.all([one.write(only), one.write(only)]);
    await expectWhole(person, [only]);
  });

  it('tells its listeners of an inbox also when the row was there, as somebody may not have heard', async () => {
    const [only] = entriesOf(newId('usr'), 1);
    if (!only) throw new Error('there is one');
    await writer().write(only);
    commits.length = 0;
    await writer().write(only);
    expect(commits).toMatchObject([{ rows: [], inboxes: [{ user_id: only.recipientId, version: 1 }] }]);
  });
});
