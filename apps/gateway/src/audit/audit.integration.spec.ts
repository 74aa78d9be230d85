import { auditEvent } from '@registrar/audit';
import type { AuditFacts } from '@registrar/audit';
import type { AuditRecord } from '@registrar/contracts-gateway';
import { Dynamo, shards } from '@registrar/dynamodb';
import { EventProducer } from '@registrar/messaging';
import { auditTopic } from '@registrar/contracts-gateway';
import { newId } from '@registrar/service';
import { until } from '@registrar/testing';
import { describe, expect, it } from 'vitest';
import { admin } from '../testing/gateway-system.ts';
import { goodPassword } from '../testing/running-gateway.ts';
import { startGateway } from '../testing/start-gateway.ts';

const { system, gateway } = await startGateway({
  LOG_LEVEL: 'warn',
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
});
const { accessToken: root, user: rootUser } = await gateway.signIn(admin.email, admin.password);
const producer = gateway.app.get(EventProducer, { strict: false });

interface Page {
  items: AuditRecord[];
  nextCursor: string | null;
}

async function page(query: Record<string, string>, token = root): Promise<Page> {
  const answer = await gateway.get(`/api/audit?${new URLSearchParams(query).toString()}`, token);
  expect([answer.text, answer.status]).toEqual([answer.text, 200]);
  return answer.json as unknown as Page;
}

/** The records that a filter finds, once there are `count` of them. */
async function found(query: Record<string, string>, count = 1): Promise<AuditRecord[]> {
  let items: AuditRecord[] = [];
  await until(async () => {
    ({ items } = await page(query));
    return items.length >= count;
  });
  expect(items).toHaveLength(count);
  return items;
}

/** Records as another service publishes them. */
async function publish(...records: AuditFacts[]): Promise<void> {
  const events = records.map((facts) => auditEvent('courses', facts));
  const messages = events.map((event) => ({ key: event.id, value: JSON.stringify(event) }));
  // Each twice, as after an instance that died before it noted the acknowledgement.
  await producer.sendBatch([
    { topic: system.prefix + auditTopic.name, messages: [...messages, ...messages] },
  ]);
}

describe('what happens to accounts', () => {
  it('is recorded: registration, sign-ins, refusals and sign-out, with whom, in which request', async () => {
    const { user, accessToken } = await gateway.register('audited@registrar.example');
    await gateway.signIn('audited@registrar.example');
    await gateway.post('/api/auth/login', {
      email: 'audited@registrar.example',
      password: 'a wrong password',
    });
    await gateway.post('/api/auth/logout', undefined, accessToken);
    const records = await found({ subjectId: user.id }, 4);
    expect(records.map(({ action, after }) => [action, after])).toEqual([
      ['logout', null],
      ['login', { code: 'invalid_credentials' }],
      ['login', null],
      ['registration', null],
    ]);
    expect(records[0]).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      actorId: user.id,
      clientId: null,
      subjectId: user.id,
      action: 'logout',
      resource: `user:${user.id}`,
      before: null,
      after: null,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  it('is recorded with both states where staff change them, and without anything personal', async () => {
    const { user } = await gateway.register('changed@registrar.example');
    const path = `/api/users/${user.id}`;
    await gateway.call('PUT', `${path}/roles`, { token: root, body: { roles: ['instructor'] } });
    const changes = { externalId: 'M-2026', name: 'Audited Student' };
    for (let times = 0; times < 2; times += 1)
      await gateway.call('PATCH', path, { token: root, body: changes });
    const records = await found({ subjectId: user.id, actorId: rootUser.id }, 2);
    expect(records.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      {
        action: 'user_changed',
        before: { externalId: 'changed', name: 'changed' },
        after: { externalId: 'changed', name: 'changed' },
      },
      { action: 'roles_changed', before: { roles: ['student'] }, after: { roles: ['instructor'] } },
    ]);
    expect(JSON.stringify(await page({}))).not.toMatch(
      new RegExp(`@registrar|M-2026|Audited Student|${goodPassword}|eyJ|ses_[a-z2-7]{20}\\.`),
    );
  });

  it('is recorded where a token is used twice', async () => {
    const { user, refreshToken } = await gateway.register('twice@registrar.example');
    const second = await gateway.post('/api/auth/refresh', { refreshToken });
    await gateway.post('/api/auth/refresh', { refreshToken: second.json?.['refreshToken'] });
    expect((await gateway.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    const [record] = await found({ subjectId: user.id, action: 'refresh_reused' });
    expect(record?.after).toEqual({ code: 'refresh_token_reused' });
  });
});

describe('what is refused and read', () => {
  it('leaves a record of each 403, with whose and what', async () => {
    const { user, accessToken } = await gateway.register('curious@registrar.example');
    expect((await gateway.get('/api/audit', accessToken)).status).toBe(403);
    const [record] = await found({ actorId: user.id, action: 'access_refused' });
    expect(record).toMatchObject({
      actorId: user.id,
      subjectId: null,
      resource: 'audit',
      after: { method: 'GET', code: 'forbidden' },
    });
  });

  it('leaves one of each page of users, before it is answered, and of nobody who reads what is public', async () => {
    const { user } = await gateway.register('looked-at@registrar.example');
    await gateway.get(`/api/users/${user.id}`, root);
    const [record] = await found({ subjectId: user.id, action: 'user_read' });
    expect(record).toMatchObject({ actorId: rootUser.id, resource: `user:${user.id}`, after: null });
    await gateway.get('/api/users?email=looked-at@registrar.example', root);
    expect((await found({ action: 'users_read' }))[0]).toMatchObject({ resource: 'users', subjectId: null });
  });
});

describe('the list', () => {
  const actor = { id: newId('usr') };
  const subjectId = newId('usr');
  const facts = (index: number): AuditFacts => ({
    actor: index % 3 === 0 ? { id: `client_${index}` } : actor,
    action: index % 2 === 0 ? 'hold_placed' : 'hold_released',
    subjectId: index % 5 === 0 ? null : subjectId,
    resource: `hold:${index}`,
  });

  it('has each record once, however often its event comes, newest first, over pages of any size', async () => {
    await publish(...Array.from({ length: 30 }, (_, index) => facts(index)));
    await found({ subjectId, limit: '100' }, 24);
    for (const filter of [{}, { subjectId }, { actorId: actor.id }, { action: 'hold_placed' }]) {
      const whole = (await page({ ...filter, limit: '100' })).items.filter(({ resource }) =>
        resource.startsWith('hold:'),
      );
      const walked: AuditRecord[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const part: Page = await page({ ...filter, limit: '7', ...(cursor !== '' && { cursor }) });
        walked.push(...part.items.filter(({ resource }) => resource.startsWith('hold:')));
        cursor = part.nextCursor;
      }
      expect(walked).toEqual(whole);
      expect(new Set(walked.map(({ resource }) => resource)).size).toBe(walked.length);
      expect(walked.map(({ at }) => at)).toEqual(
        walked
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
    }
  });

  it('takes filters together', async () => {
    const both = await found({ subjectId, actorId: actor.id, action: 'hold_placed', limit: '100' }, 8);
    for (const record of both)
      expect(record).toMatchObject({ subjectId, actorId: actor.id, action: 'hold_placed' });
    const byClient = await found({ actorId: 'client_6' });
    expect(byClient[0]).toMatchObject({ clientId: 'client_6', resource: 'hold:6' });
  });

  it('is for admins, and refuses what is no query of it', async () => {
    expect((await gateway.get('/api/audit')).status).toBe(401);
    for (const query of ['limit=0', 'limit=101', 'action=No!', 'subject=x', 'actorId='])
      expect([query, (await gateway.get(`/api/audit?${query}`, root)).status]).toEqual([query, 422]);
    const { nextCursor } = await page({ limit: '1' });
    const other = `/api/audit?action=login&cursor=${nextCursor}`;
    expect((await gateway.get(other, root)).json?.['code']).toBe('invalid_cursor');
  });

  it('keeps records for the time that is set', async () => {
    const dynamo = gateway.app.get(Dynamo, { strict: false });
    const [item] = (
      await Promise.all(
        shards.map((shard) =>
          dynamo.query<{ at: string; expires_at: number }>({
            TableName: dynamo.tables.name('audit'),
            KeyConditionExpression: '#shard = :shard',
            ExpressionAttributeNames: { '#shard': 'shard' },
            ExpressionAttributeValues: { ':shard': shard },
            Limit: 1,
          }),
        ),
      )
    ).flatMap(({ items }) => items);
    const days = ((item?.expires_at ?? 0) - Date.parse(item?.at ?? '') / 1_000) / 86_400;
    expect(Math.round(days)).toBe(1_095);
  });
});
