import { courseTopic, courseUpdated, semesterTopic, semesterUpdated } from '@registrar/contracts-courses';
import { enrollmentEvent, enrollmentTopic } from '@registrar/contracts-enrollments';
import { EventProducer, createKafka, makeEvent } from '@registrar/messaging';
import type { CloudEvent, TopicDefinition } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { json } from '../../testing/stub-service.ts';
import { EdgeCache } from './edge-cache.ts';

const system = new GatewaySystem();
const brokers = (system.env['KAFKA_BROKERS'] ?? '').split(',');
const producer = new EventProducer(createKafka({ brokers, clientId: 'test' }));
const gateways: RunningGateway[] = [];

beforeAll(async () => {
  await system.prepare();
  system.courses.answer = (_seen, response) => json(response, 200, { items: [] });
  for (let at = 0; at < 2; at += 1) {
    const limits = { RATE_LIMIT_USER_PER_SECOND: '0', RATE_LIMIT_ADDRESS_PER_SECOND: '0' };
    const gateway = await system.start(limits);
    let clock = Date.now();
    // Time that hardly passes: what is held does not grow old, so only an event can make it unfit.
    Object.assign(gateway.app.get(EdgeCache, { strict: false }), { now: () => (clock += 0.001) });
    gateways.push(gateway);
  }
  // What is waited for below is an event, not the join of a consumer's group.
  await Promise.all(gateways.map((gateway) => gateway.ready()));
});
afterAll(async () => {
  await producer.close();
  await system.close();
});

const at = '2026-09-01T08:00:00.000Z';

const course = {
  id: 'crs_changed',
  semesterId: 'fall',
  departmentId: 'CS',
  code: 'CS 101',
  section: '1',
  title: 'Introduction to Programming',
  description: '',
  credits: 3,
  instructorIds: [],
  capacity: 10,
  waitlistCapacity: 0,
  meetings: [],
  prerequisites: [],
  status: 'open' as const,
  version: 2,
  createdAt: at,
  updatedAt: at,
};

const semester = {
  id: 'fall',
  name: 'Fall',
  startsOn: '2026-09-01',
  endsOn: '2026-12-20',
  enrollmentOpensAt: at,
  enrollmentClosesAt: '2026-09-10T08:00:00.000Z',
  dropDeadlineAt: '2026-10-01T08:00:00.000Z',
  withdrawDeadlineAt: '2026-11-01T08:00:00.000Z',
  creditLimit: 18,
  current: true,
  version: 2,
  updatedAt: at,
};

const enrollment = {
  id: 'enr_changed_student',
  userId: 'usr_student',
  courseId: 'crs_changed',
  semesterId: 'fall',
  courseCode: 'CS 101',
  courseTitle: 'Introduction to Programming',
  credits: 3,
  status: 'enrolled' as const,
  waitlistPosition: null,
  enrolledAt: at,
  updatedAt: at,
  version: 1,
};

const counts = { capacity: 10, enrolledCount: 1, waitlistedCount: 0, seatsAvailable: 9 };

/** What every event has beside its subject and data. */
const parts = () => ({ id: newId('evt'), time: new Date() });

const changes = {
  course: makeEvent(courseUpdated, {
    ...parts(),
    subject: course.id,
    data: { course, actorId: 'usr_registrar' },
  }),
  semester: makeEvent(semesterUpdated, {
    ...parts(),
    subject: semester.id,
    data: { semester, actorId: 'usr_registrar' },
  }),
  counts: makeEvent(enrollmentEvent('enrolled'), {
    ...parts(),
    subject: enrollment.id,
    data: {
      enrollment,
      course: { section: '1', meetings: [] },
      counts,
      sequence: 1,
      studentVersion: 1,
      actorId: 'usr_student',
      actorRole: 'student',
      reason: null,
      override: [],
      occurredAt: at,
    },
  }),
};

async function publish({ name }: TopicDefinition, event: CloudEvent): Promise<void> {
  const messages = [{ key: event.subject, value: JSON.stringify(event) }];
  await producer.sendBatch([{ topic: system.prefix + name, messages }]);
}

async function isHeld(gateway: RunningGateway, path: string): Promise<boolean> {
  return String((await gateway.get(path)).headers['cache-status']).includes('hit; detail=l1');
}

async function hold(...paths: string[]): Promise<void> {
  for (const gateway of gateways)
    for (const path of paths) {
      await gateway.get(path);
      expect(await isHeld(gateway, path)).toBe(true);
    }
}

describe('what the edge holds', () => {
  it.each([
    ['a changed course', courseTopic, changes.course],
    ['a changed semester', semesterTopic, changes.semester],
  ])('is loaded again on every instance after %s', async (_name, topic, event) => {
    const paths = ['/api/courses?semesterId=fall', '/api/courses/crs_other', '/api/semesters'];
    await hold(...paths);
    await publish(topic, event);
    for (const gateway of gateways)
      for (const path of paths) await until(async () => !(await isHeld(gateway, path)));
  });

  it('of one course is loaded again on every instance after a change of its counts, and of no other', async () => {
    const [changed, others] = ['/api/courses/crs_changed', ['/api/courses/crs_other', '/api/courses?q=x']];
    await hold(changed, ...others);
    await publish(enrollmentTopic, changes.counts);
    for (const gateway of gateways) {
      await until(async () => !(await isHeld(gateway, changed)));
      for (const path of others) expect(await isHeld(gateway, path)).toBe(true);
    }
  });
});
