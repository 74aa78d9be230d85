import type { Preferences } from '@registrar/contracts-notifications';
import { TcpChaosProxy } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RunningApp } from '../testing/running-app.ts';
import { TestSystem, soon } from '../testing/system.ts';

const email = { enrollment: true, waitlist: true, course: true };

describe('preferences', () => {
  let system: TestSystem;
  let cache: TcpChaosProxy;

  beforeAll(async () => {
    const redisUrl = process.env['REDIS_URL'] ?? '';
    cache = await TcpChaosProxy.start(redisUrl);
    system = await TestSystem.start({ REDIS_URL: cache.url(redisUrl) });
  });

  afterAll(async () => {
    await system?.close();
    await cache?.stop();
  });

  const chosen = (id: string) => system.app.call<Preferences>(id, 'GET', '/preferences');
  const choose = <T = Preferences>(id: string, body: unknown) =>
    system.app.call<T>(id, 'PUT', '/preferences', { body });

  it('are every mail until somebody chooses', async () => {
    const { id } = system.student();
    const { status, body, headers } = await chosen(id);
    expect([status, body]).toEqual([200, { email }]);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('etag')).toMatch(/^"/);
    const none = { email: { enrollment: false, waitlist: false, course: false } };
    expect((await choose(id, none)).body).toEqual(none);
    expect((await chosen(id)).body).toEqual(none);
  });

  it('are refused with every fault when they are not whole', async () => {
    const { id } = system.student();
    const answer = await choose<{ errors: { path: string }[] }>(id, {
      email: { enrollment: 'yes', sms: true },
      push: 1,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ path }) => path).sort()).toEqual(
      ['email.course', 'email.enrollment', 'email.sms', 'email.waitlist', 'push'].sort(),
    );
  });

  it('as every route, refuse parameters that are not known', async () => {
    const { id } = system.student();
    for (const [method, path] of [
      ['GET', '/preferences'],
      ['HEAD', '/preferences'],
      ['PUT', '/preferences'],
      ['GET', '/me'],
      ['GET', '/stream'],
      ['POST', '/read-all'],
      ['POST', '/ntf_1/read'],
    ] as const)
      for (const query of ['surprise=1', '__proto__=x']) {
        const body = method === 'PUT' ? { email } : undefined;
        const { status } = await system.app.call(id, method, `${path}?${query}`, { body });
        expect([method, path, query, status]).toEqual([method, path, query, 422]);
      }
  });

  it('keep mails away, and nothing from the inbox', async () => {
    const student = system.student();
    await choose(student.id, { email: { ...email, waitlist: false } });
    await system.notify(student.id, 1, { change: 'waitlisted' });
    await system.notify(student.id, 1, { change: 'enrolled' });
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).toHaveLength(1), soon);
    const { items } = await system.app.inbox(student.id);
    expect(items.map(({ type, email: mail }) => [type, mail.status])).toEqual([
      ['enrolled', expect.stringMatching(/^(sent|queued)$/)],
      ['waitlisted', 'suppressed'],
    ]);
    expect(items[1]?.email).toEqual({ status: 'suppressed', sentAt: null, attempts: 0 });
  });

  it('and an inbox leave each other alone, whichever is first', async () => {
    const { id } = system.student();
    await system.notify(id);
    const none = { email: { enrollment: false, waitlist: false, course: false } };
    await choose(id, none);
    expect((await system.app.inbox(id)).unreadCount).toBe(1);
    expect((await system.notify(id)).unreadCount).toBe(2);
    await system.app.call(id, 'POST', '/read-all');
    expect((await chosen(id)).body).toEqual(none);
  });

  it('are what was chosen last on every instance, also while the cache is away', async () => {
    const other = await RunningApp.start(system.around);
    const { id } = system.student();
    const read = async () =>
      Promise.all(
        [system.app, other].map(async (app) => (await app.call<Preferences>(id, 'GET', '/preferences')).body),
      );
    for (let round = 0; round < 6; round += 1) {
      await read();
      const mine = { email: { ...email, waitlist: round % 2 === 0 } };
      expect((await choose(id, mine)).status).toBe(200);
      expect(await read()).toEqual([mine, mine]);
    }
    await cache.refuse();
    const none = { email: { enrollment: false, waitlist: false, course: false } };
    expect((await choose(id, none)).body).toEqual(none);
    expect((await chosen(id)).body).toEqual(none);
    await cache.pass();
    await vi.waitFor(async () => expect(await read()).toEqual([none, none]), soon);
    await other.close();
  });

  it('and all the rest go on while the cache is away and the mail server dead', async () => {
    const student = system.student();
    await system.notify(student.id);
    system.around.smtp.behave('refusing');
    await cache.refuse();
    const page = await system.notify(student.id);
    expect(page.items).toHaveLength(2);
    await system.app.call(student.id, 'POST', '/read-all');
    expect((await system.app.inbox(student.id)).unreadCount).toBe(0);
    await cache.pass();
    await vi.waitFor(async () => {
      await system.notify(student.id);
      const { headers } = await system.app.call(student.id, 'GET', '/me');
      expect(headers.get('cache-status')).toContain('registrar-notifications');
      const ready = await fetch(`${system.app.url}/health/ready`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({
        status: 'degraded',
        dependencies: { smtp: { state: 'down' } },
      });
    }, soon);
  });
});
