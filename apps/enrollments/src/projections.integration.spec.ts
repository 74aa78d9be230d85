import { courseCreated, courseUpdated, semesterUpdated } from '@registrar/contracts-courses';
import type { PublishedCourse } from '@registrar/contracts-courses';
import { userRegistered } from '@registrar/contracts-gateway';
import { EventProducer, createKafka, makeEvent, rebuildProjection } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProjections } from './projections.ts';
import { EnrollmentsSystem, openSemester, plainCourse } from './testing/enrollments-system.ts';

let system: EnrollmentsSystem;
const kafka = createKafka({
  brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
  clientId: 'projections-test',
});

beforeAll(async () => {
  system = await EnrollmentsSystem.start(0);
});
afterAll(() => system.stop());

const at = '2027-01-01T00:00:00.000Z';
const courseId = newId('crs');

function course(version: number, change: Partial<PublishedCourse> = {}): PublishedCourse {
  const { actorId: _, component: __, linked: ___, ...state } = plainCourse;
  return {
    ...state,
    meetings: [],
    id: courseId,
    description: '',
    createdAt: at,
    updatedAt: at,
    ...change,
    version,
  };
}

async function publish(topic: string, key: string, events: CloudEvent[]): Promise<void> {
  const producer = new EventProducer(kafka);
  const messages = events.map((event) => ({ key, value: JSON.stringify(event) }));
  await producer.sendBatch([{ topic: system.prefix + topic, messages }]);
  await producer.close();
}

const event = (definition: Parameters<typeof makeEvent>[0], data: object) =>
  makeEvent(definition, { id: newId('evt'), subject: 's', time: new Date(), data });

describe('a projection that was lost', () => {
  it('is the same again after a replay from the first event, and after a second one', async () => {
    await publish('courses.course.v1', courseId, [
      event(courseCreated, { course: course(1), actorId: 'usr_r' }),
      event(courseUpdated, { course: course(2, { capacity: 7, title: 'Renamed' }), actorId: 'usr_r' }),
    ]);
    const { version, ...windows } = openSemester;
    const semester = {
      id: 'fall',
      name: 'Fall',
      startsOn: '2027-09-01',
      endsOn: '2027-12-20',
      ...windows,
      current: true,
      version,
      updatedAt: at,
    };
    await publish('courses.semester.v1', 'fall', [event(semesterUpdated, { semester, actorId: 'usr_r' })]);
    const user = {
      id: 'usr_a',
      email: 'A@registrar.example',
      name: 'A',
      roles: ['student'],
      createdAt: at,
      version: 1,
    };
    await publish('gateway.user.v1', 'usr_a', [event(userRegistered, { user, actorId: 'usr_a' })]);

    const environment = { DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'], TABLE_PREFIX: system.prefix };
    const { projections, close } = openProjections(environment);
    for (const round of [1, 2]) {
      const applied = [];
      for (const each of projections)
        applied.push((await rebuildProjection(kafka, system.prefix, each)).applied);
      expect([round, ...applied]).toEqual([round, 2, 1, 1]);
      const get = (table: string, key: object) => system.dynamo.get(table, { ...key });
      expect(await get('offerings', { course_id: courseId })).toMatchObject({ title: 'Renamed', version: 2 });
      expect(await get('course_seats', { course_id: courseId })).toMatchObject({
        capacity: 7,
        course_version: 2,
        enrolled_count: 0,
      });
      expect(await get('semesters', { id: 'fall' })).toMatchObject({ credit_limit: 18, version: 1 });
      expect(await get('people', { user_id: 'usr_a' })).toMatchObject({
        email: 'a@registrar.example',
        version: 1,
      });
    }
    await close();
  });
});
