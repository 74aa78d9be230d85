import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ServiceTokens } from '@registrar/auth';
import { topics as courseTopics } from '@registrar/contracts-courses';
import type { OfferingUpdate, SemesterUpdate } from '@registrar/contracts-enrollments';
import { createDynamo, createDynamoClient, createTables } from '@registrar/dynamodb';
import { createTopics } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { MisbehavingSmtp } from '@registrar/testing';
import type { SmtpMood } from '@registrar/testing';
import { quantile } from './histogram.ts';
import { Scenario } from './scenario.ts';
import { ServiceProcess } from './service-process.ts';

const perSecond = 20;
const seconds = 10;
const semesterId = '2027-spring';
const enrollmentsApp = new URL('../../../../enrollments/', import.meta.url);

/** What an enrollment's answer takes while the mail server is well, dead, hanging and slow. */
export async function enroll(print: (line: string) => void): Promise<void> {
  const scenario = await Scenario.make();
  const smtp = await MisbehavingSmtp.start();
  await makeTablesAndTopics(scenario);
  const environment = scenario.around.environment({ LOG_LEVEL: 'error' });
  const enrollments = await ServiceProcess.start(
    fileURLToPath(new URL('dist/main.js', enrollmentsApp)),
    environment,
  );
  const notifications = await scenario.service({ SMTP_URL: smtp.url });
  try {
    const courses = await offer(scenario, enrollments.url);
    await load(scenario, enrollments.url, courses, 3);
    const moods: [string, SmtpMood][] = [
      ['well', 'well'],
      ['dead', 'refusing'],
      ['hanging', 'hanging'],
      ['slow (2 s an answer)', { slowMs: 2_000 }],
      ['well again', 'well'],
    ];
    for (const [name, mood] of moods) {
      smtp.behave(mood);
      const answers = await load(scenario, enrollments.url, courses, seconds);
      const times = answers.filter((time) => !Number.isNaN(time));
      const figures = [0.5, 0.95, 0.99].map((q) => `p${q * 100} ${quantile(times, q).toFixed(1)} ms`);
      print(
        `POST /api/enrollments at ${perSecond}/s, mail server ${name}: ${figures.join(', ')}; ${answers.length - times.length} of ${answers.length} refused`,
      );
    }
  } finally {
    await Promise.all([enrollments.end('SIGKILL'), notifications.end('SIGKILL')]);
    await smtp.stop();
    await scenario.close();
  }
}

async function makeTablesAndTopics({ around }: Scenario): Promise<void> {
  const config = around.config();
  const tables: unknown = JSON.parse(readFileSync(new URL('tables.json', enrollmentsApp), 'utf8'));
  const dynamo = createDynamo({ service: 'enrollments', tables, config });
  const { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: region, TABLE_PREFIX: tablePrefix } = config;
  const client = createDynamoClient({ endpoint, region, tablePrefix });
  await createTables(client, dynamo.tables.definitions);
  await createTopics(config.KAFKA_BROKERS, config.TOPIC_PREFIX, courseTopics);
  client.destroy();
  dynamo.close();
}

/** A semester that is open, and courses with room for everybody. */
async function offer({ around }: Scenario, url: string): Promise<string[]> {
  const tokens = new ServiceTokens(around.config(), 'courses');
  const tell = async (path: string, body: SemesterUpdate | OfferingUpdate): Promise<void> => {
    const headers = {
      authorization: `Bearer ${tokens.for('enrollments')}`,
      'content-type': 'application/json',
    };
    const answer = await fetch(`${url}/internal/${path}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  await tell(`semesters/${semesterId}`, {
    enrollmentOpensAt: day(-1),
    enrollmentClosesAt: day(30),
    dropDeadlineAt: day(40),
    withdrawDeadlineAt: day(50),
    creditLimit: 18,
    version: 1,
  });
  const courses = Array.from({ length: 20 }, () => newId('crs'));
  for (const [at, id] of courses.entries()) {
    await tell(`offerings/${id}`, {
      semesterId,
      departmentId: 'CS',
      code: `CS ${100 + at}`,
      section: '1',
      title: 'Introduction to Programming',
      credits: 3,
      instructorIds: [],
      capacity: 10_000,
      waitlistCapacity: 0,
      meetings: [{ day: 'mon', start: '09:00', end: '10:30', room: 'Hall 1' }],
      prerequisites: [],
      status: 'open',
      version: 1,
      actorId: 'usr_registrar',
    });
  }
  return courses;
}

/** Enrolls people evenly, one after the other's time has come, and gives the times of the answers, ms; NaN for a refusal. */
async function load(
  scenario: Scenario,
  url: string,
  courses: string[],
  forSeconds: number,
): Promise<number[]> {
  const people = await scenario.people(forSeconds * perSecond);
  const requests = people.map((id, at) => ({
    headers: {
      ...scenario.around.issuer.bearer({ id }),
      'content-type': 'application/json',
      'idempotency-key': newId('key'),
    },
    body: JSON.stringify({ courseId: courses[at % courses.length] }),
  }));
  const startedAt = performance.now();
  const answers: Promise<number>[] = [];
  for (const [at, request] of requests.entries()) {
    const dueAt = startedAt + (at * 1_000) / perSecond;
    await delay(Math.max(0, dueAt - performance.now()));
    answers.push(timed(url, request, dueAt));
  }
  return Promise.all(answers);
}

async function timed(url: string, request: RequestInit, dueAt: number): Promise<number> {
  const answer = await fetch(`${url}/api/enrollments`, { method: 'POST', ...request });
  await answer.text();
  return answer.status === 201 ? performance.now() - dueAt : Number.NaN;
}
