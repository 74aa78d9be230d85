import { enrollmentTopic } from '@registrar/contracts-enrollments';
import {
  passwordResetRequested,
  passwordResetTopic,
  userTopic,
  userUpdated,
} from '@registrar/contracts-gateway';
import {
  createKafka,
  deadLetterHeaders,
  deadLetterTopicOf,
  makeEvent,
  readTopic,
} from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mailShardsOf } from '../ledger/mail-state.rules.ts';
import { enrollmentEventOf } from '../testing/events.ts';
import { TestSystem, soon } from '../testing/system.ts';

describe('what comes in wrong or strange', () => {
  let system: TestSystem;

  beforeAll(async () => {
    system = await TestSystem.start();
  });

  afterAll(() => system?.close());

  /** Mails are quoted-printable and their headers encoded; this is what a reader sees. */
  const decoded = (raw: string): string =>
    Buffer.from(
      raw
        .replaceAll(/=\r?\n/g, '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8');

  async function deadLetters(topic: string): Promise<{ value: string; error: string }[]> {
    const kafka = createKafka({ brokers: system.around.config().KAFKA_BROKERS, clientId: 'test-reader' });
    const found: { value: string; error: string }[] = [];
    await readTopic(kafka, deadLetterTopicOf(system.around.prefix + topic), (message) => {
      found.push({
        value: String(message.value),
        error: String(message.headers[deadLetterHeaders.error]),
      });
      return Promise.resolve();
    });
    return found;
  }

  it('is dead-lettered when it is malformed, and the partition goes on', async () => {
    const student = system.student();
    const courseId = newId('crs');
    const good = enrollmentEventOf({ userId: student.id, courseId });
    const { courseTitle: _, ...untitled } = good.data.enrollment;
    const broken = [
      'not JSON',
      '{}',
      JSON.stringify({ ...good, id: 'evt_1', specversion: '0.3' }),
      JSON.stringify({ ...good, id: 'evt_2', data: { ...good.data, enrollment: untitled } }),
      JSON.stringify({ ...good, id: 'evt_3', data: { ...good.data, course: { section: '1' } } }),
      JSON.stringify({ ...good, id: 'evt_4', data: null }),
    ];
    await system.around.publish(
      enrollmentTopic.name,
      [...broken, good].map((event) => ({ key: courseId, event })),
    );
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).toHaveLength(1), soon);
    await vi.waitFor(async () => {
      const letters = await deadLetters(enrollmentTopic.name);
      expect(letters.map(({ value }) => value).sort()).toEqual([...broken].sort());
    }, soon);
    expect((await system.app.inbox(student.id)).items).toHaveLength(1);
  });

  it('cannot add a header by a name or a title', async () => {
    const student = system.student('Robin\r\nBcc: all@registrar.example');
    await system.notify(student.id, 1, { title: 'Logic\r\nBcc: all@registrar.example\r\n\r\n<script>' });
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).toHaveLength(1), soon);
    const [mail] = system.around.smtp.to(student.email);
    expect(mail?.to).toEqual([student.email]);
    expect(mail?.raw).not.toMatch(/^bcc:/im);
    expect(mail?.raw.split('text/html')[1]).toContain('&lt;script&gt;');
    expect(mail?.raw.split('text/html')[1]).not.toContain('<script>');
    expect(system.around.smtp.to('all@registrar.example')).toEqual([]);
  });

  it('is sent in bounds when a title has 10 KB', async () => {
    const student = system.student();
    const { items } = await system.notify(student.id, 1, { title: 'Lorem ipsum 🎓 '.repeat(800) });
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).toHaveLength(1), soon);
    expect(items[0]?.subject.length).toBeLessThanOrEqual(150);
    expect(system.around.smtp.to(student.email)[0]?.raw.length).toBeLessThan(20_000);
  });

  it('reaches its reader whole when names run right to left or are emoji', async () => {
    const student = system.student('ליאור 🎓👩‍👩‍👧');
    await system.notify(student.id, 1, { title: 'مقدمة في البرمجة 🧮' });
    await vi.waitFor(() => expect(system.around.smtp.to(student.email)).toHaveLength(1), soon);
    const raw = system.around.smtp.to(student.email)[0]?.raw ?? '';
    const parts = raw.split(/\r?\n\r?\n/).map((part) => {
      const text = decoded(part);
      return /^[A-Za-z0-9+/=\r\n]+$/.test(part.trim()) ? Buffer.from(part, 'base64').toString('utf8') : text;
    });
    expect(parts.join('\n')).toContain('ליאור 🎓👩‍👩‍👧');
    expect(parts.join('\n')).toContain('مقدمة في البرمجة 🧮');
    expect(raw).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  it('fails without being sent when the address could not be one', async () => {
    const student = system.student();
    system.around.gateway.addUser(student.id, 'robin@registrar.example, all@registrar.example');
    await system.notify(student.id);
    await vi.waitFor(async () => {
      expect((await system.app.newest(student.id))?.email).toMatchObject({ status: 'failed', attempts: 1 });
    }, soon);
    expect(system.around.smtp.to('all@registrar.example')).toEqual([]);
  });

  it('never brings back an older address', async () => {
    const student = system.student();
    const user = system.around.gateway.addUser(student.id, student.email);
    const changed = (email: string, version: number) => {
      const parts = { id: newId('evt'), subject: student.id, time: new Date() };
      const data = { user: { ...user, email, version }, actorId: student.id };
      return { key: student.id, event: makeEvent(userUpdated, { ...parts, data }) };
    };
    const events = [changed('new@registrar.example', 3), changed('old@registrar.example', 2)];
    await system.around.publish(userTopic.name, events);
    await vi.waitFor(async () => {
      const person = await system.around.dynamo.get('people', { id: student.id });
      expect(person).toMatchObject({ email: 'new@registrar.example', version: 3 });
    }, soon);
    await system.notify(student.id);
    await vi.waitFor(() => expect(system.around.smtp.to('new@registrar.example')).toHaveLength(1), soon);
    expect(system.around.smtp.to('old@registrar.example')).toEqual([]);
  });

  describe('of password resets', () => {
    async function reset(expiresInMs: number): Promise<{ id: string; email: string; userId: string }> {
      const { id: userId, email } = system.student();
      const id = newId('rst');
      const expiresAt = new Date(Date.now() + expiresInMs).toISOString();
      const parts = { id: newId('evt'), subject: userId, time: new Date() };
      const event = makeEvent(passwordResetRequested, { ...parts, data: { resetId: id, userId, expiresAt } });
      const link = `https://registrar.example/reset-password#?token=secret-of-${id}`;
      if (expiresInMs > 0) system.around.gateway.links.set(id, { link, email, name: 'Robin Doe', expiresAt });
      await system.around.publish(passwordResetTopic.name, [{ key: userId, event }]);
      return { id, email, userId };
    }

    it('sends the link by mail alone', async () => {
      const { id, email, userId } = await reset(60_000);
      await vi.waitFor(() => expect(system.around.smtp.to(email)).toHaveLength(1), soon);
      const text = decoded(system.around.smtp.to(email)[0]?.raw ?? '');
      expect(text).toContain(`https://registrar.example/reset-password#?token=secret-of-${id}`);
      expect((await system.app.inbox(userId)).items).toEqual([]);
      for (const shard of mailShardsOf('queued')) {
        const rows = system.around.dynamo.queryAll({
          TableName: system.around.dynamo.tables.name('notifications'),
          IndexName: 'MailByState',
          KeyConditionExpression: 'mail_shard = :shard',
          ExpressionAttributeValues: { ':shard': shard },
        });
        for await (const row of rows) expect(JSON.stringify(row)).not.toContain('secret-of');
      }
    });

    it('does not ask for the link of one that has expired', async () => {
      const { id, email } = await reset(-1_000);
      const later = await reset(60_000);
      await vi.waitFor(() => expect(system.around.smtp.to(later.email)).toHaveLength(1), soon);
      expect(system.around.gateway.asked.filter((path) => path.includes(id))).toEqual([]);
      expect(system.around.smtp.to(email)).toEqual([]);
    });
  });
});
