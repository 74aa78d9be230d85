import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { enrollmentTopic } from '@registrar/contracts-enrollments';
import type { CloudEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { ledgerId } from '../../ledger/ledger-entry.ts';
import { enrollmentEventOf } from '../events.ts';
import { TestSurroundings } from '../test-surroundings.ts';
import { MailDevProcess } from './maildev-process.ts';
import { ServiceProcess } from './service-process.ts';

const program = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

/** Waits as in earnest: the ones of the tests are shorter. */
const earnest: Record<string, string> = {
  LOG_LEVEL: 'error',
  MAIL_RETRY_BASE_MS: '1000',
  MAIL_RETRY_CAP_MS: '300000',
  MAIL_MAX_ATTEMPTS: '20',
  MAIL_TIMEOUT_MS: '10000',
  MAIL_LEASE_MS: '15000',
  MAIL_SWEEP_MS: '1000',
};

/** Tables, topics, a mail server and what is measured of them. */
export class Scenario {
  readonly around: TestSurroundings;
  readonly mail: MailDevProcess;

  private constructor(around: TestSurroundings, mail: MailDevProcess) {
    this.around = around;
    this.mail = mail;
  }

  static async make(): Promise<Scenario> {
    return new Scenario(await TestSurroundings.make(), await MailDevProcess.start());
  }

  /** An instance of the built service. */
  service(changes: Record<string, string> = {}, options: { waits?: boolean } = {}): Promise<ServiceProcess> {
    const environment = this.around.environment({ ...earnest, SMTP_URL: this.mail.smtpUrl, ...changes });
    return ServiceProcess.start(program, environment, options);
  }

  /** People whom the service has heard of, as it has of everybody who registered. */
  async people(count: number): Promise<string[]> {
    const users = Array.from({ length: count }, () => {
      const id = newId('usr');
      return this.around.gateway.knows(id, `${id.slice(4)}@registrar.example`);
    });
    const table = this.around.dynamo.tables.name('people');
    const rows = users.map(({ id, email, name, version }) => ({ table, put: { id, email, name, version } }));
    await this.around.dynamo.batchWrite(rows);
    return users.map(({ id }) => id);
  }

  /** An event for each of `people`, spread over so many courses. */
  events(people: readonly string[], courses: number): CloudEvent<EnrollmentEventData>[] {
    const courseIds = Array.from({ length: courses }, () => newId('crs'));
    return people.map((userId, at) =>
      enrollmentEventOf({ userId, courseId: courseIds[at % courses] ?? newId('crs') }),
    );
  }

  publish(events: readonly CloudEvent<EnrollmentEventData>[]): Promise<void> {
    const messages = events.map((event) => ({ key: event.data.enrollment.courseId, event }));
    return this.around.publish(enrollmentTopic.name, messages);
  }

  /** Waits until every event has its row, and gives the seconds since `startedAt`. */
  async rowsOf(events: readonly CloudEvent<EnrollmentEventData>[], startedAt: number): Promise<number> {
    const table = this.around.dynamo.tables.name('notifications');
    let missing = events.map((event) => ({
      table,
      key: { id: ledgerId(event.id, event.data.enrollment.userId, 'enrolled') },
    }));
    for (;;) {
      // One call at a time: who looks shall not keep the store busy.
      const asked = missing.slice(0, 100);
      const rows = await this.around.dynamo.batchGet(asked, { consistent: true });
      const found = new Set(asked.filter((_, at) => rows[at] !== undefined));
      missing = missing.filter((each) => !found.has(each));
      if (found.size === asked.length && missing.length > 0) continue;
      if (missing.length === 0) return (performance.now() - startedAt) / 1_000;
      if (performance.now() - startedAt > 120_000) throw new Error(`${missing.length} rows are missing`);
      await delay(100);
    }
  }

  /** Waits until MailDev has a mail of each of `count` Message-IDs, and gives the seconds since `startedAt`. */
  async mailsOf(count: number, startedAt: number): Promise<{ seconds: number; mails: number }> {
    for (;;) {
      const seconds = (performance.now() - startedAt) / 1_000;
      const { mails, distinct } = await this.mail.count();
      if (distinct >= count) return { seconds, mails };
      if (seconds > 180) throw new Error(`only ${distinct} of ${count} mails arrived`);
      await delay(500);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.around.close(), this.mail.end()]);
  }
}
