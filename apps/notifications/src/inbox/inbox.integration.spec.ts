import { CursorCodec } from '@registrar/dynamodb';
import type { InboxPage, Notification } from '@registrar/contracts-notifications';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enrollmentEventOf } from '../testing/events.ts';
import { LaggingIndex } from '../testing/lagging-index.ts';
import { RunningApp } from '../testing/running-app.ts';
import type { Answer } from '../testing/running-app.ts';
import { TestSystem, soon } from '../testing/system.ts';
import { InboxReader } from './inbox.reader.ts';

type Problem = { code: string; errors?: { path: string }[] };

describe('an inbox', () => {
  let system: TestSystem;
  let app: RunningApp;

  beforeAll(async () => {
    system = await TestSystem.start();
    app = system.app;
  });

  afterAll(() => system?.close());

  const read = (userId: string, id: string, headers?: Record<string, string>) =>
    app.call<Notification>(userId, 'POST', `/${id}/read`, headers ? { headers } : {});

  it('is empty for somebody who never got anything', async () => {
    const { id } = system.student();
    expect(await app.inbox(id)).toEqual({ items: [], nextCursor: null, unreadCount: 0 });
  });

  it('asks who is asking', async () => {
    const answer = await fetch(`${app.url}/api/notifications/me`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is paged newest first, each row once, while new ones come in', async () => {
    const { id } = system.student();
    await system.notify(id, 12);
    const first = await app.inbox(id, '?limit=5');
    await system.notify(id, 2);
    const second = await app.inbox(id, `?limit=5&cursor=${first.nextCursor}`);
    const third = await app.inbox(id, `?limit=5&cursor=${second.nextCursor}`);
    const pages = [first, second, third];
    const items = pages.flatMap((page) => page.items);
    expect(pages.map((page) => page.items.length)).toEqual([5, 5, 2]);
    expect(third.nextCursor).toBeNull();
    expect(new Set(items.map((item) => item.id)).size).toBe(12);
    const moments = items.map((item) => item.createdAt);
    expect(moments).toEqual([...moments].sort().reverse());
  });

  it.each(['?limit=0', '?limit=101', '?limit=x', '?unread=maybe', '?colour=red'])(
    'refuses the query %s',
    async (query) => {
      const answer = await app.call<Problem>(system.student().id, 'GET', `/me${query}`);
      expect(answer.status).toBe(422);
      expect(answer.body.code).toBe('validation_failed');
    },
  );

  it('refuses a cursor that is forged, or of another list or person', async () => {
    const { id } = system.student();
    await system.notify(id, 3);
    const { nextCursor } = await app.inbox(id, '?limit=1');
    const tries: [string, string][] = [
      [id, '?cursor=AAAA'],
      [id, `?unread=true&cursor=${nextCursor}`],
      [system.student().id, `?cursor=${nextCursor}`],
    ];
    for (const [userId, query] of tries) {
      const answer = await app.call<Problem>(userId, 'GET', `/me${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_cursor']);
    }
  });

  it('shows a read mark at once, and stays as it is when read again', async () => {
    const { id } = system.student();
    const { items } = await system.notify(id, 2);
    const chosen = items[1]?.id ?? '';
    const marked = await read(id, chosen);
    expect(marked.status).toBe(200);
    expect(marked.body.readAt).not.toBeNull();
    const page = await app.inbox(id);
    expect(page.unreadCount).toBe(1);
    expect(page.items.find((item) => item.id === chosen)?.readAt).toBe(marked.body.readAt);
    expect((await read(id, chosen)).body.readAt).toBe(marked.body.readAt);
    expect((await app.inbox(id)).unreadCount).toBe(1);
    const unread = await app.inbox(id, '?unread=true');
    expect(unread.items.map((item) => item.id)).toEqual([items[0]?.id]);
  });

  it('keeps to itself what is somebody else’s', async () => {
    const owner = system.student();
    const { items } = await system.notify(owner.id);
    for (const id of [items[0]?.id ?? '', 'ntf_aaaaaaaaaaaaaaaaaaaa', 'x']) {
      const answer = await app.call<Problem>(system.student().id, 'POST', `/${id}/read`);
      expect([answer.status, answer.body.code]).toEqual([404, 'notification_not_found']);
    }
    expect((await app.inbox(owner.id)).unreadCount).toBe(1);
  });

  it('answers a repeated request with its first answer, and knows a key that is reused', async () => {
    const { id } = system.student();
    const { items } = await system.notify(id, 2);
    const [one = '', other = ''] = items.map((item) => item.id);
    const key = { 'idempotency-key': 'read-1' };
    const first = await read(id, one, key);
    const again = await read(id, one, key);
    expect(again.body).toEqual(first.body);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await read(id, other, key)).status).toBe(422);
    expect((await read(id, other, { 'idempotency-key': 'a b' })).status).toBe(400);
  });

  it('is read as a whole, again and again, and new ones are unread', async () => {
    const { id } = system.student();
    await system.notify(id, 3);
    for (let time = 0; time < 2; time += 1)
      expect((await app.call(id, 'POST', '/read-all')).status).toBe(204);
    const page = await app.inbox(id);
    expect(page.unreadCount).toBe(0);
    expect(page.items.every((item) => item.readAt !== null)).toBe(true);
    expect((await app.inbox(id, '?unread=true')).items).toEqual([]);
    const later = await system.notify(id, 1);
    expect(later.items.map((item) => item.readAt === null)).toEqual([true, false, false, false]);
    expect((await read(id, page.items[0]?.id ?? '')).body.readAt).toBe(page.items[0]?.readAt);
  });

  it('counts right while rows come in and are read from all sides', async () => {
    const { id } = system.student();
    const { items } = await system.notify(id, 10);
    const readers = items.slice(0, 6).flatMap(({ id: row }) => [read(id, row), read(id, row)]);
    const [answers] = await Promise.all([
      Promise.all(readers),
      system.publish(...Array.from({ length: 8 }, () => enrollmentEventOf({ userId: id }))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    await vi.waitFor(async () => expect((await app.inbox(id)).items).toHaveLength(18), soon);
    const page = await app.inbox(id);
    expect(page.unreadCount).toBe(12);
    expect(page.items.filter((item) => item.readAt === null)).toHaveLength(12);
    expect((await app.inbox(id, '?unread=true')).items).toHaveLength(12);
  });

  it('shows new rows and read marks at once while its index lags behind', async () => {
    const { id } = system.student();
    const { items } = await system.notify(id, 3);
    const lagging = new LaggingIndex(system.around.dynamo);
    const reader = new InboxReader(lagging, new CursorCodec(system.around.config().CURSOR_SECRET));
    const query = { limit: 25 };
    const before = await reader.page(id, query);
    expect(before.page.items.map((item) => item.id)).toEqual(items.map((item) => item.id));
    const marked = await read(id, items[2]?.id ?? '');
    const { page } = await reader.page(id, { ...query, unread: 'true' });
    expect(page.items.map((item) => item.id)).toEqual(items.slice(0, 2).map((item) => item.id));
    expect((await reader.page(id, query)).page.items[2]?.readAt).toBe(marked.body.readAt);
    expect((await reader.after(id, items[1]?.createdAt ?? '')).map((item) => item.id)).toEqual([
      items[0]?.id,
    ]);
  });

  describe('as it is sent', () => {
    const get = (userId: string, headers: Record<string, string> = {}): Promise<Answer<InboxPage>> =>
      app.call<InboxPage>(userId, 'GET', '/me', { headers });

    it('comes from the cache until something changes, and says so', async () => {
      const { id } = system.student();
      await system.notify(id);
      await vi.waitFor(async () => expect((await app.newest(id))?.email.status).toBe('sent'), soon);
      await vi.waitFor(async () => {
        const { headers } = await get(id);
        expect(headers.get('cache-status')).toBe('registrar-notifications; hit; detail=l2');
      }, soon);
      await system.notify(id);
      expect((await get(id)).body.items).toHaveLength(2);
    });

    it('carries a strong tag, and is not sent to a client that has it', async () => {
      const { id } = system.student();
      await system.notify(id);
      await vi.waitFor(async () => expect((await app.newest(id))?.email.status).toBe('sent'), soon);
      const { headers } = await get(id);
      const tag = headers.get('etag') ?? '';
      expect(tag).toMatch(/^"[^"]+"$/);
      expect(headers.get('cache-control')).toBe('private, no-cache');
      expect((await get(id, { 'if-none-match': tag })).status).toBe(304);
      await system.notify(id);
      expect((await get(id, { 'if-none-match': tag })).status).toBe(200);
    });

    it('is the same on every instance right after a mark', async () => {
      const other = await RunningApp.start(system.around);
      try {
        const { id } = system.student();
        const { items } = await system.notify(id, 2);
        expect((await other.inbox(id)).unreadCount).toBe(2);
        await read(id, items[0]?.id ?? '');
        expect((await other.inbox(id)).unreadCount).toBe(1);
        await other.call(id, 'POST', '/read-all');
        expect((await app.inbox(id)).unreadCount).toBe(0);
      } finally {
        await other.close();
      }
    });
  });
});
