import type { NotificationRow } from '../ledger/notification-row.ts';
import { MailClaims } from './mail-claims.repository.ts';
import { resend } from '../operations/resend.ts';
import { enrollmentEventOf } from '../testing/events.ts';
import { RunningApp } from '../testing/running-app.ts';
import { TestSystem, soon } from '../testing/system.ts';
import type { Student } from '../testing/system.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

/** More attempts, and longer ones, than a test takes to change the mood of its server. */
const manyAttempts = { MAIL_MAX_ATTEMPTS: '20', MAIL_TIMEOUT_MS: '5000' };

const mailOf = async ({ app }: TestSystem, student: Student) => (await app.newest(student.id))?.email;
const reaches = (system: TestSystem, student: Student, status: string) =>
  vi.waitFor(async () => expect(await mailOf(system, student)).toMatchObject({ status }), soon);
const rowOf = ({ around: { dynamo } }: TestSystem, id: string) =>
  dynamo.get<NotificationRow>('notifications', { id });

describe('mails', () => {
  let system: TestSystem;

  beforeAll(async () => {
    system = await TestSystem.start(manyAttempts);
  });

  afterEach(() => {
    system.around.smtp.behave('well');
    system.around.gateway.away = false;
  });

  afterAll(() => system?.close());

  it('are addressed, dated and named by their row', async () => {
    const student = system.student('Robin Doe');
    const { items } = await system.notify(student.id);
    await reaches(system, student, 'sent');
    const [mail] = system.around.smtp.to(student.email);
    expect(mail?.messageId).toBe(`<${items[0]?.id}@registrar.example>`);
    expect(mail?.raw).toMatch(/^From: Registrar <no-reply@registrar\.example>/m);
    expect(mail?.raw).toMatch(new RegExp(`^To: Robin Doe <${student.email}>`, 'm'));
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail?.raw).toContain('text/html');
    const email = await mailOf(system, student);
    expect(email).toMatchObject({ attempts: 1 });
    expect(Date.parse(email?.sentAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('go out once the server takes them, after it deferred them', async () => {
    system.around.smtp.behave('deferring');
    const student = system.student();
    await system.notify(student.id);
    await vi.waitFor(async () => expect((await mailOf(system, student))?.attempts).toBeGreaterThan(0), soon);
    system.around.smtp.behave('well');
    await reaches(system, student, 'sent');
    expect(system.around.smtp.to(student.email)).toHaveLength(1);
  });

  it('fail at once when the server refuses the address, and others go on', async () => {
    const student = system.student();
    const other = system.student();
    system.around.smtp.reject(student.email);
    const { items } = await system.notify(student.id);
    await system.notify(other.id);
    await Promise.all([reaches(system, student, 'failed'), reaches(system, other, 'sent')]);
    expect(await mailOf(system, student)).toMatchObject({ attempts: 1 });
    const row = await rowOf(system, items[0]?.id ?? '');
    expect(row?.mail_error).toBe('EENVELOPE 550');
    expect(JSON.stringify(row)).not.toContain(student.email);
  });

  it('that were cut off after the data come again under the same Message-ID', async () => {
    system.around.smtp.behave('cutting');
    const student = system.student();
    await system.notify(student.id);
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).not.toHaveLength(0), soon);
    system.around.smtp.behave('well');
    await reaches(system, student, 'sent');
    const ids = system.around.smtp.to(student.email).map((mail) => mail.messageId);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });

  it('take as long as the server takes, beyond a lease, and are sent once', async () => {
    system.around.smtp.behave({ slowMs: 700 });
    const student = system.student();
    await system.notify(student.id);
    await reaches(system, student, 'sent');
    expect(await mailOf(system, student)).toMatchObject({ attempts: 1 });
    expect(system.around.smtp.to(student.email)).toHaveLength(1);
  });

  it('are given up for this time when a server drags on beyond the deadline', async () => {
    const hasty = await TestSystem.start({ MAIL_DEADLINE_MS: '1500', MAIL_MAX_ATTEMPTS: '2' });
    try {
      hasty.around.smtp.behave({ slowMs: 700 });
      const student = hasty.student();
      await hasty.notify(student.id);
      await vi.waitFor(async () => {
        expect((await hasty.app.newest(student.id))?.email).toMatchObject({ status: 'failed', attempts: 2 });
      }, soon);
      expect(hasty.around.smtp.to(student.email)).toEqual([]);
    } finally {
      await hasty.close();
    }
  });

  it('are sent no faster than the configuration allows', async () => {
    const calm = await TestSystem.start({ MAIL_RATE_PER_SECOND: '10' });
    try {
      const students = Array.from({ length: 35 }, () => calm.student());
      await calm.publish(...students.map(({ id }) => enrollmentEventOf({ userId: id })));
      await vi.waitFor(() => expect(calm.around.smtp.mails).toHaveLength(35), soon);
      const times = calm.around.smtp.mails.map((mail) => mail.at).sort((a, b) => a - b);
      // Ten in each second: the last of 35 go in the fourth, and the first may have gone at the end of the first.
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_900);
    } finally {
      await calm.close();
    }
  });

  it('are sent once by two instances', async () => {
    const other = await RunningApp.start(system.around, manyAttempts);
    try {
      const students = Array.from({ length: 50 }, () => system.student());
      await system.publish(...students.map(({ id }) => enrollmentEventOf({ userId: id })));
      const sent = () => students.filter(({ email }) => system.around.smtp.to(email).length > 0).length;
      await vi.waitFor(() => expect(sent()).toBe(50), soon);
      for (const student of students.slice(0, 5)) await reaches(system, student, 'sent');
      for (const student of students) expect(system.around.smtp.to(student.email)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('that a dead process was sending are taken over when its lease is over', async () => {
    system.around.smtp.behave('deferring');
    const student = system.student();
    const { items } = await system.notify(student.id);
    const id = items[0]?.id ?? '';
    const claims = new MailClaims(system.around.dynamo);
    await system.around.dynamo.update({
      TableName: system.around.dynamo.tables.name('notifications'),
      Key: { id },
      UpdateExpression: 'SET mail_claim = :dead, mail_due_at = :until',
      ExpressionAttributeValues: { ':dead': 'a-process-that-died', ':until': Date.now() + 3_000 },
    });
    expect(await claims.claim(id, 'another', { nowMs: Date.now(), leaseMs: 1_000 })).toBeUndefined();
    system.around.smtp.behave('well');
    await reaches(system, student, 'sent');
    expect(await claims.renew(id, 'a-process-that-died', Date.now() + 60_000)).toBe(false);
    expect(await claims.claim(id, 'another', { nowMs: Date.now(), leaseMs: 1_000 })).toBeUndefined();
  });

  it('wait while the gateway cannot say whose address it is, and fail for somebody it does not know', async () => {
    system.around.gateway.away = true;
    const student = system.student();
    await system.notify(student.id);
    await vi.waitFor(async () => expect((await mailOf(system, student))?.attempts).toBeGreaterThan(0), soon);
    system.around.gateway.away = false;
    await reaches(system, student, 'sent');
    const nobody = { id: 'usr_nobodyknowsthisone', email: '' };
    await system.notify(nobody.id);
    await reaches(system, nobody, 'failed');
    expect(await mailOf(system, nobody)).toMatchObject({ attempts: 1 });
  });
});

describe('mails that have three attempts', () => {
  let system: TestSystem;

  beforeAll(async () => {
    system = await TestSystem.start({ MAIL_MAX_ATTEMPTS: '3' });
  });

  afterEach(() => system.around.smtp.behave('well'));

  afterAll(() => system?.close());

  it.each(['refusing', 'hanging', 'closed'] as const)(
    'fail after the last attempt at a server that is %s',
    async (mood) => {
      system.around.smtp.behave(mood);
      const student = system.student();
      const { items } = await system.notify(student.id);
      await reaches(system, student, 'failed');
      expect(await mailOf(system, student)).toMatchObject({ attempts: 3, sentAt: null });
      const row = await rowOf(system, items[0]?.id ?? '');
      expect(row).toMatchObject({ mail_error: expect.stringMatching(/^E[A-Z]+/) });
      expect(row).not.toHaveProperty('mail_claim');
    },
  );

  it('that have failed are sent again by the command, once', async () => {
    system.around.smtp.behave('deferring');
    const student = system.student();
    const id = (await system.notify(student.id)).items[0]?.id ?? '';
    await reaches(system, student, 'failed');
    system.around.smtp.behave('well');
    const printed: string[] = [];
    const run = (...args: string[]) =>
      resend(args, system.around.environment(), (line) => printed.push(line));
    expect(await run()).toBe(2);
    expect(await run('--list')).toBe(0);
    expect(printed.join('\n')).toContain(id);
    expect(await run('--id', id)).toBe(0);
    await reaches(system, student, 'sent');
    expect(await run('--id', id)).toBe(0);
    expect(printed.at(-1)).toBe('0 queued again.');
    expect(system.around.smtp.to(student.email)).toHaveLength(1);
  });
});
