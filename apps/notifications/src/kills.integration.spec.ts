import { enrollmentTopic } from '@registrar/contracts-enrollments';
import { Redis } from 'ioredis';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '@registrar/service';
import { ledgerId } from './ledger/ledger-entry.ts';
import { enrollmentEventOf } from './testing/events.ts';
import { ServiceProcess } from './testing/service-process.ts';
import { TestSurroundings } from './testing/test-surroundings.ts';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const count = 120;
const concurrency = 3;
const longEnough = { timeout: 60_000, interval: 100 };

describe('a service that is killed', () => {
  let around: TestSurroundings;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    around = await TestSurroundings.make();
  });

  afterAll(async () => {
    await service?.end('SIGKILL');
    await around?.close();
  });

  const start = () =>
    ServiceProcess.start(
      program,
      around.environment({
        MAIL_CONCURRENCY: String(concurrency),
        MAIL_MAX_ATTEMPTS: '20',
        LOG_LEVEL: 'fatal',
      }),
    );

  async function loseJobs(): Promise<void> {
    const redis = new Redis(process.env['JOBS_REDIS_URL'] ?? '');
    for await (const keys of redis.scanStream({ match: `jobs-${around.prefix}:*`, count: 1_000 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
    redis.disconnect();
  }

  it('three times, and loses its jobs, loses no row and no mail; a mail that comes twice is the same one', async () => {
    const events = Array.from({ length: count }, () => {
      const userId = newId('usr');
      around.gateway.addUser(userId, `${userId.slice(4)}@registrar.example`);
      return enrollmentEventOf({ userId });
    });
    service = await start();
    await around.publish(
      enrollmentTopic.name,
      events.map((event) => ({ key: event.data.enrollment.courseId, event })),
    );
    for (const arrived of [1, count / 4, count / 2]) {
      await vi.waitFor(() => expect(around.smtp.mails.length).toBeGreaterThanOrEqual(arrived), longEnough);
      await service.end('SIGKILL');
      if (arrived === count / 4) await loseJobs();
      service = await start();
    }
    const expected = events.map((event) => ledgerId(event.id, event.data.enrollment.userId, 'enrolled'));
    await vi.waitFor(() => expect(around.smtp.messageIds.size).toBe(count), longEnough);
    expect([...around.smtp.messageIds].sort()).toEqual(
      expected.map((id) => `<${id}@registrar.example>`).sort(),
    );
    // Only what was between the server's OK and the mark in the ledger when a process died may come twice.
    expect(around.smtp.mails.length - count).toBeLessThanOrEqual(3 * concurrency);
    await vi.waitFor(async () => {
      const keys = expected.map((id) => ({ id }));
      const rows = await around.dynamo.getAll<{ mail_status: string }>('notifications', keys);
      expect(rows.map((row) => row.mail_status)).toEqual(expected.map(() => 'sent'));
    }, longEnough);
  }, 240_000);
});
