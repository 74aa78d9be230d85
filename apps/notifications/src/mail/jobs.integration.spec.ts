import { TcpChaosProxy } from '@registrar/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enrollmentEventOf } from '../testing/events.ts';
import { RunningApp } from '../testing/running-app.ts';
import type { TestSurroundings } from '../testing/test-surroundings.ts';
import { TestSystem, soon } from '../testing/system.ts';

const jobsUrl = process.env['JOBS_REDIS_URL'] ?? '';

describe('the jobs of mails', () => {
  let system: TestSystem;
  let proxy: TcpChaosProxy;
  let redis: Redis;

  beforeAll(async () => {
    proxy = await TcpChaosProxy.start(jobsUrl);
    redis = new Redis(jobsUrl);
    system = await TestSystem.start({ JOBS_REDIS_URL: proxy.url(jobsUrl), MAIL_MAX_ATTEMPTS: '20' });
  });

  afterAll(async () => {
    await system?.close();
    redis?.disconnect();
    await proxy?.stop();
  });

  async function jobKeys(): Promise<string[]> {
    const found: string[] = [];
    const match = `jobs-${system.around.prefix}:*`;
    for await (const keys of redis.scanStream({ match, count: 1_000 })) found.push(...(keys as string[]));
    return found;
  }

  async function sentTo(count: number): Promise<void> {
    const students = Array.from({ length: count }, () => system.student());
    await system.publish(...students.map(({ id }) => enrollmentEventOf({ userId: id })));
    await vi.waitFor(() => {
      for (const { email } of students) expect(system.around.smtp.to(email)).toHaveLength(1);
    }, soon);
    for (const { id } of students) {
      await vi.waitFor(async () => expect((await system.app.newest(id))?.email.status).toBe('sent'), soon);
    }
  }

  /** Waits until the service says so of its jobs' Redis; that it is down for 5 s at most. It stays ready. */
  async function jobsAre(state: 'up' | 'down'): Promise<void> {
    const expectState = async () => {
      const ready = await fetch(`${system.app.url}/health/ready`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({
        ...(state === 'down' && { status: 'degraded' }),
        dependencies: { 'redis-jobs': { state } },
      });
    };
    await vi.waitFor(expectState, state === 'down' ? { ...soon, timeout: 5_000 } : soon);
  }

  it('name a row and a trace, and nothing of a person', async () => {
    system.around.smtp.behave('deferring');
    const student = system.student('Robin Doe');
    await system.notify(student.id);
    await vi.waitFor(async () => {
      const jobs = (await jobKeys()).filter((key) => key.includes('ntf_') && !key.endsWith(':lock'));
      const values = await Promise.all(jobs.map((key) => redis.hgetall(key)));
      expect(values.map((job) => job['data'])).toContainEqual(
        expect.stringMatching(
          /^\{"mails":\[\{"id":"ntf_[a-z2-7]{20}","traceparent":"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"\}\]\}$/,
        ),
      );
      expect(JSON.stringify(values)).not.toContain(student.email);
    }, soon);
    system.around.smtp.behave('well');
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).toHaveLength(1), soon);
  });

  it('may all be lost: every mail goes out, once', async () => {
    system.around.smtp.behave('deferring');
    const students = Array.from({ length: 30 }, () => system.student());
    await system.publish(...students.map(({ id }) => enrollmentEventOf({ userId: id })));
    await vi.waitFor(async () => expect((await jobKeys()).length).toBeGreaterThan(30), soon);
    await redis.del(...(await jobKeys()));
    system.around.smtp.behave('well');
    await vi.waitFor(() => {
      for (const { email } of students) expect(system.around.smtp.to(email)).toHaveLength(1);
    }, soon);
  });

  it('are done without while their Redis refuses, and used again when it is back', async () => {
    expect((await fetch(`${system.app.url}/health/ready`)).status).toBe(200);
    await proxy.refuse();
    await sentTo(10);
    await jobsAre('down');
    await proxy.pass();
    await jobsAre('up');
    await sentTo(10);
  });

  it('are done without while their Redis hangs', async () => {
    await jobsAre('up');
    proxy.hole();
    await jobsAre('down');
    await sentTo(5);
    await proxy.pass();
    await jobsAre('up');
    await sentTo(5);
  });

  it('do not keep a service from starting or ending while their Redis is away', async () => {
    await proxy.refuse();
    const around: TestSurroundings = system.around;
    const app = await RunningApp.start(around, { JOBS_REDIS_URL: proxy.url(jobsUrl) });
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(503);
    await proxy.pass();
    await vi.waitFor(async () => expect((await fetch(`${app.url}/health/ready`)).status).toBe(200), soon);
    await proxy.refuse();
    await app.close();
    await proxy.pass();
  });
});
