import type { Course } from '@registrar/contracts-courses';
import { enrollmentEvent } from '@registrar/contracts-enrollments';
import { ConsumerPulse, makeEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { CoursesSystem } from '../testing/courses-system.ts';
import { CoursesRepository } from './courses.repository.ts';
import { SeatCounts } from './seat-counts.ts';

interface Page {
  items: Course[];
}

const enrolled = enrollmentEvent('enrolled');

describe('over two instances', () => {
  let system: CoursesSystem;
  let number = 0;
  /** Ends what a test has pretended. */
  const faked: (() => void)[] = [];

  beforeAll(async () => {
    system = await CoursesSystem.startFurnished();
  });
  afterEach(async () => {
    system.enrollments.mode = 'well';
    system.store.clear();
    await system.enrollments.start().catch(() => undefined);
    for (const end of faked.splice(0)) end();
  });
  afterAll(() => system.stop());

  const create = (fields: object = {}, instance = 0) =>
    system.create({ code: `FR-${(number += 1)}`, ...fields }, instance);
  const one = async (id: string, instance: number) =>
    (await system.call<Course>(`GET /api/courses/${id}`, { instance })).body;
  const listed = async (id: string, instance: number) => {
    const { body } = await system.call<Page>('GET /api/courses?limit=100', { instance });
    return body.items.find((course) => course.id === id);
  };
  const patch = (id: string, body: object, instance: number) =>
    system.call<Course>(`PATCH /api/courses/${id}`, {
      as: 'registrar',
      body,
      instance,
      headers: { 'if-match': '*' },
    });

  /** Has Kafka seem to answer an instance, as a moment of silence makes it ask enrollments, by right. */
  function untilSubscribed(instance: number) {
    const pulse = system.get(ConsumerPulse, instance);
    const consumer = Reflect.get(pulse, 'consumer') as { lastPollAt: number };
    pulse.follow({
      get lastPollAt() {
        return Date.now();
      },
    });
    faked.push(() => pulse.follow(consumer));
  }

  /** What enrollments publishes when a student takes a seat. */
  async function enroll(course: Course, enrolledCount: number, { sequence = 0, at = new Date() } = {}) {
    const known = system.enrollments.fill(course.id, enrolledCount);
    const capacity = course.capacity;
    const event = makeEvent(enrolled, {
      id: newId('evt'),
      subject: 'enr_1',
      time: at,
      data: {
        enrollment: {
          id: 'enr_1',
          userId: 'usr_1',
          courseId: course.id,
          semesterId: course.semesterId,
          courseCode: course.code,
          courseTitle: course.title,
          credits: course.credits,
          status: 'enrolled',
          waitlistPosition: null,
          enrolledAt: at.toISOString(),
          updatedAt: at.toISOString(),
          version: 1,
        },
        course: { section: course.section, meetings: [] },
        counts: { capacity, enrolledCount, waitlistedCount: 0, seatsAvailable: capacity - enrolledCount },
        sequence: sequence || known,
        studentVersion: 1,
        actorId: 'usr_1',
        actorRole: 'student',
        reason: null,
        override: [],
        occurredAt: at.toISOString(),
      },
    });
    const message = { key: course.id, value: JSON.stringify(event) };
    await system.producer.sendBatch([{ topic: system.prefix + enrolled.topic, messages: [message] }]);
  }

  it('a new course is read at once where it was made, and within a second on the other', async () => {
    for (const instance of [0, 1]) await system.call('GET /api/courses?limit=100', { instance });
    const course = await create();
    expect([await one(course.id, 0), await listed(course.id, 0)]).toEqual([course, course]);
    expect(await one(course.id, 1)).toEqual(course);
    await until(async () => (await listed(course.id, 1)) !== undefined, 1_000);
  });

  it('a change is read at once where it was made, and within a second on the other', async () => {
    const course = await create();
    for (const instance of [0, 1]) await until(async () => (await listed(course.id, instance)) !== undefined);
    await patch(course.id, { title: 'Changed' }, 1);
    expect((await listed(course.id, 1))?.title).toBe('Changed');
    expect((await one(course.id, 1)).title).toBe('Changed');
    await until(async () => (await listed(course.id, 0))?.title === 'Changed', 1_000);
    expect((await one(course.id, 0)).title).toBe('Changed');
  });

  it('never goes back to an older state while many changes go on through both', async () => {
    const course = await create();
    const seen = [0, 0];
    let running = true;
    const readers = [0, 1].map(async (instance) => {
      while (running) {
        const version = (await listed(course.id, instance))?.version ?? 0;
        if (version < (seen[instance] ?? 0)) throw new Error(`instance ${instance} went back to ${version}`);
        seen[instance] = version;
      }
    });
    let last = 1;
    for (let at = 0; at < 20; at += 1) {
      const { status, body } = await patch(course.id, { title: `Title ${at}` }, at % 2);
      // A busy machine may take longer than enrollments is waited for; then the change comes later.
      if (status !== 200) continue;
      last = body.version;
      expect((await listed(course.id, at % 2))?.version).toBeGreaterThanOrEqual(last);
    }
    await until(() => seen.every((version) => version >= last));
    running = false;
    await Promise.all(readers);
  });

  it('an index that lags hides nothing that was written', async () => {
    const environment = { CACHE_PREFIX: `${system.prefix}lag:` };
    const writer = await system.startInstance(environment);
    const reader = await system.startInstance(environment);
    await Promise.all([system.ready(writer), system.ready(reader)]);
    const before = await create({ departmentId: 'MATH' }, writer);
    // From here on the index shows both instances what it shows now.
    const shown = await system.get(CoursesRepository, writer).ofDepartment('2026-fall', 'MATH');
    for (const instance of [writer, reader]) {
      system.get(CoursesRepository, instance).ofDepartment = (_semester, department) =>
        Promise.resolve(department === 'MATH' ? shown : []);
    }
    const course = await create({ departmentId: 'MATH' }, writer);
    const next = await patch(before.id, { title: 'Newer than the index' }, writer);
    expect(await listed(course.id, writer)).toEqual(course);
    expect(await listed(before.id, writer)).toEqual(next.body);
    // The other one goes by the tombstone in Redis, or by the event where Redis was too slow to take it.
    await until(async () => (await listed(before.id, reader))?.version === 2);
    await until(async () => (await listed(course.id, reader)) !== undefined);
    expect(await listed(course.id, reader)).toEqual(course);
    await system.end(reader);
    await system.end(writer);
  });

  it('counts come by events within a second, and an older event changes nothing', async () => {
    const course = await create();
    for (const instance of [0, 1]) {
      untilSubscribed(instance);
      await until(async () => (await listed(course.id, instance)) !== undefined);
    }
    const calls = system.enrollments.calls.length;
    await enroll(course, 7);
    for (const instance of [0, 1]) {
      await until(async () => (await listed(course.id, instance))?.enrolledCount === 7, 1_000);
      expect(await one(course.id, instance)).toMatchObject({
        enrolledCount: 7,
        seatsAvailable: 23,
        version: 1,
      });
    }
    await enroll(course, 3, { sequence: 1 });
    await enroll(course, 9);
    await until(async () => (await listed(course.id, 1))?.enrolledCount === 9, 1_000);
    expect((await one(course.id, 0)).version).toBe(1);
    const asked = system.enrollments.calls.slice(calls).filter(({ path }) => path.includes('batch-get'));
    expect(asked).toEqual([]);
  });

  it('counts are asked for where events are late, so that they are never older than 2 s', async () => {
    const course = await create();
    await listed(course.id, 0);
    const pulse = system.get(ConsumerPulse);
    const deaf = { lastPollAt: Date.now() - 5_000 };
    const counts = system.get(SeatCounts);
    const consumer = Reflect.get(pulse, 'consumer') as { lastPollAt: number };
    pulse.follow(deaf);
    expect(counts.isLate).toBe(true);
    system.enrollments.fill(course.id, 11);
    await until(async () => (await listed(course.id, 0))?.enrolledCount === 11, 2_000);
    expect((await one(course.id, 0)).enrolledCount).toBe(11);
    pulse.follow(consumer);
    await until(() => !counts.isLate, 2_000);
  });

  it('the last known counts are given while enrollments is away; where there are none, 503', async () => {
    const course = await create();
    await enroll(course, 5);
    await until(async () => (await listed(course.id, 0))?.enrolledCount === 5);
    const third = await system.startInstance();
    await system.ready(third);
    const { status } = await system.call('GET /api/courses?limit=100', { instance: third });
    expect(status).toBe(200);
    await system.enrollments.stop();
    const fourth = await system.startInstance();
    await system.ready(fourth);
    // In Redis lie the counts of when the department catalogue was stored.
    expect(await listed(course.id, fourth)).toMatchObject({ enrolledCount: expect.any(Number) });
    expect((await listed(course.id, 0))?.enrolledCount).toBe(5);
    const alone = await system.startInstance({ CACHE_PREFIX: `${system.prefix}alone:` });
    await system.ready(alone);
    const answer = await system.call('GET /api/courses', { instance: alone });
    expect(answer.body).toMatchObject({ status: 503, code: 'service_unavailable' });
    await system.enrollments.start();
    await until(async () => (await listed(course.id, alone))?.enrolledCount === 5, 3_000);
    for (const instance of [alone, fourth, third]) await system.end(instance);
  });

  it('a list of many courses asks enrollments in few questions', async () => {
    await Promise.all(Array.from({ length: 30 }, () => create({ departmentId: 'MATH' })));
    const alone = await system.startInstance({ CACHE_PREFIX: `${system.prefix}few:` });
    await system.ready(alone);
    const calls = system.enrollments.calls.length;
    const [one, other] = await Promise.all(
      ['?limit=100', '?limit=50'].map((query) =>
        system.call<Page>(`GET /api/courses${query}`, { instance: alone }),
      ),
    );
    expect(one?.body.items.length).toBeGreaterThan(30);
    expect(other?.status).toBe(200);
    // One for each department that was loaded; a second look may follow once events are heard.
    expect(system.enrollments.calls.length - calls).toBeLessThanOrEqual(4);
    await system.end(alone);
  });
});
