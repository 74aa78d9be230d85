import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EventSourceClient } from '../testing/event-source.ts';
import { enrollmentEventOf } from '../testing/events.ts';
import { RunningApp } from '../testing/running-app.ts';
import { TestSystem, soon } from '../testing/system.ts';

describe('a stream of new notifications', () => {
  let system: TestSystem;
  let other: RunningApp;
  const open = (app: RunningApp, userId: string, options?: { lastEventId?: string; expiresIn?: number }) =>
    EventSourceClient.open(app, system.around, userId, options);

  beforeAll(async () => {
    system = await TestSystem.start({ STREAM_HEARTBEAT_MS: '300', STREAMS_PER_USER: '3' });
    other = await RunningApp.start(system.around, { STREAM_HEARTBEAT_MS: '60000' });
  });

  afterAll(async () => {
    await other?.close();
    await system?.close();
  });

  it('brings each one once on every instance, whichever wrote it, and nothing from before', async () => {
    const { id } = system.student();
    await system.notify(id);
    const clients = [await open(system.app, id), await open(other, id)];
    for (const { response, text } of clients) {
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(text).not.toContain('data:');
    }
    await vi.waitFor(
      () =>
        expect(clients.map((client) => client.text)).toEqual(
          Array(2).fill(expect.stringContaining(': open')),
        ),
      soon,
    );
    await system.publish(...Array.from({ length: 20 }, () => enrollmentEventOf({ userId: id })));
    await vi.waitFor(() => expect(clients.map((client) => client.received.length)).toEqual([20, 20]), soon);
    const { items } = await system.app.inbox(id);
    const inOrder = items
      .slice(0, 20)
      .map((item) => item.id)
      .reverse();
    for (const client of clients) {
      expect(client.ids).toEqual(inOrder);
      client.close();
    }
  });

  it('resumes after the last one that was heard, on another instance', async () => {
    const { id } = system.student();
    const { items } = await system.notify(id, 4);
    const lastEventId = items[2]?.id ?? '';
    const client = await open(other, id, { lastEventId });
    await vi.waitFor(() => expect(client.ids).toEqual([items[1]?.id, items[0]?.id]), soon);
    await system.notify(id);
    await vi.waitFor(() => expect(client.received).toHaveLength(3), soon);
    client.close();
  });

  it('starts with what comes from now on when the last id is not the user’s', async () => {
    const stranger = system.student();
    const { items } = await system.notify(stranger.id);
    const { id } = system.student();
    await system.notify(id);
    const client = await open(system.app, id, { lastEventId: items[0]?.id ?? '' });
    await vi.waitFor(() => expect(client.text).toContain(': still here'), soon);
    expect(client.received).toEqual([]);
    client.close();
  });

  it('is bounded for each user, and frees its place when it ends', async () => {
    const { id } = system.student();
    const clients = [await open(system.app, id), await open(system.app, id), await open(system.app, id)];
    const refused = await open(system.app, id);
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('5');
    clients.pop()?.close();
    await vi.waitFor(async () => {
      const client = await open(system.app, id);
      clients.push(client);
      expect(client.response.status).toBe(200);
    }, soon);
    for (const client of clients) client.close();
  });

  it('ends with the token that opened it', async () => {
    const { id } = system.student();
    const client = await open(system.app, id, { expiresIn: 2 });
    await vi.waitFor(() => expect(client.ended).toBe(true), soon);
    expect(client.text).toMatch(/retry: \d+\n\n$/);
  });

  it('answers HEAD without staying open', async () => {
    const answer = await fetch(`${system.app.url}/api/notifications/stream`, {
      method: 'HEAD',
      headers: system.around.issuer.bearer({ id: system.student().id }),
    });
    expect(answer.status).toBe(200);
  });

  it('needs a token', async () => {
    expect((await fetch(`${system.app.url}/api/notifications/stream`)).status).toBe(401);
  });

  it('ends at a shutdown, says when to come back, and holds nothing up', async () => {
    const app = await RunningApp.start(system.around);
    const { id } = system.student();
    const client = await open(app, id);
    await vi.waitFor(() => expect(client.text).toContain(': open'), soon);
    await app.close();
    await vi.waitFor(() => expect(client.ended).toBe(true), soon);
    expect(client.text).toMatch(/retry: \d+\n\n$/);
  });
});
