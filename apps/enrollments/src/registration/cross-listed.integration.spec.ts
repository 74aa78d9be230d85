import { courseTopic, courseUpdated } from '@registrar/contracts-courses';
import type { CourseState } from '@registrar/contracts-courses';
import { enrollmentTopic } from '@registrar/contracts-enrollments';
import type {
  CourseSeats,
  Enrollment,
  ChangesAnswer,
  EnrollmentEventData,
  OfferingUpdate,
  PlanCheck,
  PublicSeats,
  RosterPage,
  WaitlistPage,
} from '@registrar/contracts-enrollments';
import { OutboxRelay, createKafka, makeEvent, outboxEntry, readTopic } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { stackBrokers } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem, plainCourse, registrar } from '../testing/enrollments-system.ts';
import { EventStream } from '../testing/event-stream.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2);
  await system.semester('fall');
});
afterAll(() => system.stop());

const teacher = newId('usr');
const open = { capacity: 5, waitlistCapacity: 10, instructorIds: [teacher] };

/** A class, and another code for it with a capacity of its own. */
async function crossListed(ofClass: Partial<OfferingUpdate> = {}, ofCode: Partial<OfferingUpdate> = {}) {
  const shared = { ...open, ...ofClass };
  const classId = await system.course(shared);
  const codeId = await system.course({ ...shared, crossListedOf: classId, credits: 4, ...ofCode });
  return { classId, codeId };
}

const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 50 });
const waiting = { sendRequest: { joinWaitlist: true } };

async function seatsOf(courseId: string, instance = 0): Promise<CourseSeats | undefined> {
  const { body } = await system.internal('POST', 'seats/batch-get', { courseIds: [courseId] }, instance);
  return (body['items'] as CourseSeats[])[0];
}

async function shownSeats(courseId: string, instance = 0) {
  const path = `/api/courses/${courseId}/seats`;
  return (await system.sendRequest<PublicSeats>({ path, instance })).body;
}

const rosterOf = (courseId: string) =>
  system.sendRequest<RosterPage>({ ...registrar, path: `/api/courses/${courseId}/roster` });

async function own(user: string, id: string, instance = 0): Promise<Enrollment> {
  return (await system.sendRequest<Enrollment>({ user, path: `/api/enrollments/${id}`, instance })).body;
}

/** The event of a changed course, as the courses service publishes it after enrollments took it over. */
function announce(id: string, version: number, change: Partial<CourseState>): void {
  const time = new Date();
  const at = time.toISOString();
  const { actorId, ...state } = plainCourse;
  const course = { ...state, ...open, id, description: '', createdAt: at, updatedAt: at, ...change, version };
  const event = makeEvent(courseUpdated, {
    id: newId('evt'),
    subject: id,
    time,
    data: { course: course as CourseState, actorId },
  });
  const entry = { topic: courseTopic.name, key: id, sequence: version, events: [event], now: time.getTime() };
  system.get(OutboxRelay).publish(outboxEntry(entry));
}

async function eventsOf(classId: string): Promise<CloudEvent<EnrollmentEventData>[]> {
  const kafka = createKafka({ brokers: stackBrokers(), clientId: 'cross-listed-test' });
  const events: CloudEvent<EnrollmentEventData>[] = [];
  await readTopic(kafka, system.prefix + enrollmentTopic.name, ({ key, value }) => {
    if (key?.toString() === classId)
      events.push(JSON.parse(String(value)) as CloudEvent<EnrollmentEventData>);
    return Promise.resolve();
  });
  return events;
}

describe('courses that are cross-listed', () => {
  it('give each seat of the class once, whatever code and instance is asked at the same time', async () => {
    const { classId, codeId } = await crossListed({ capacity: 7, waitlistCapacity: 40 });
    const asked = Array.from({ length: 30 }, (_, at) => {
      const courseId = at % 2 === 0 ? classId : codeId;
      return system.enroll(newId('usr'), courseId, { ...waiting, instance: (at >> 1) % 2 });
    });
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const seated = answers.filter(({ body }) => body.status === 'enrolled');
    expect(seated).toHaveLength(7);
    const positions = answers.flatMap(({ body }) => body.waitlistPosition ?? []);
    expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, at) => at + 1));
    expect(await seatsOf(classId)).toMatchObject({
      enrolledCount: 7,
      seatsAvailable: 0,
      waitlistedCount: 23,
    });
    const underCode = seated.filter(({ body }) => body.courseId === codeId).length;
    const item = await system.dynamo.get('course_seats', { course_id: classId });
    expect(item).toMatchObject({ codes: { [codeId]: { enrolledCount: underCode } } });
  });

  it('have at most so many seats under a code as that has, on any instance', async () => {
    const { classId, codeId } = await crossListed({ capacity: 5 }, { capacity: 2 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => system.enroll(newId('usr'), codeId, { instance: at % 2 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const { body } of refused) expect(body.code).toBe('seat_unavailable');
    expect(await seatsOf(codeId)).toMatchObject({ capacity: 2, enrolledCount: 2, seatsAvailable: 0 });
    expect(await seatsOf(classId)).toMatchObject({ capacity: 5, enrolledCount: 2, seatsAvailable: 3 });
    expect((await system.enroll(newId('usr'), classId)).status).toBe(201);
  });

  it('cannot both be taken by one person', async () => {
    const { classId, codeId } = await crossListed();
    for (const [first, second] of [
      [classId, codeId],
      [codeId, classId],
    ] as const) {
      const user = newId('usr');
      await system.enroll(user, first);
      const answer = await system.enroll(user, second, { instance: 1 });
      expect(answer).toMatchObject({ status: 409, body: { code: 'already_enrolled', conflicts: [first] } });
    }
    const both = { add: [{ courseId: classId }, { courseId: codeId }], drop: [] };
    const path = '/api/enrollments/changes';
    const call = { user: newId('usr'), method: 'POST' as const, path, body: both, key: newId('key') };
    expect(await system.sendRequest(call)).toMatchObject({
      status: 409,
      body: {
        code: 'changes_refused',
        results: [{ problems: [] }, { problems: [{ code: 'already_enrolled' }] }],
      },
    });
  });

  it('have one waitlist in one order, and pass over who waits under a code without a seat', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 }, { capacity: 1 });
    const [ofClass, ofCode] = [newId('usr'), newId('usr')];
    const seat = await system.enroll(ofClass, classId);
    const coded = await system.enroll(ofCode, codeId);
    const users = Array.from({ length: 3 }, () => newId('usr'));
    const courses = [codeId, classId, codeId];
    const places: Enrollment[] = [];
    for (const [at, user] of users.entries()) {
      const { body } = await system.enroll(user, courses[at] ?? '', { ...waiting, instance: at % 2 });
      places.push(body);
    }
    expect(places.map(({ waitlistPosition }) => waitlistPosition)).toEqual([1, 2, 3]);
    // A seat of the class, and none under the code: the second one's turn.
    await system.drop(ofClass, seat.body.id, { instance: 1 });
    await until(async () => expect((await own(users[1] ?? '', places[1]?.id ?? '')).status).toBe('enrolled'));
    expect(await own(users[0] ?? '', places[0]?.id ?? '')).toMatchObject({
      status: 'waitlisted',
      waitlistPosition: 1,
      courseId: codeId,
    });
    const list = await system.sendRequest<{ items: Enrollment[] }>({
      user: users[2] ?? '',
      path: '/api/enrollments/me',
    });
    expect(list.body.items).toMatchObject([{ status: 'waitlisted', waitlistPosition: 2 }]);
    expect(list.body.items[0]).not.toHaveProperty('classId');
    // A seat under the code.
    await system.drop(ofCode, coded.body.id);
    await until(async () => expect((await own(users[0] ?? '', places[0]?.id ?? '')).status).toBe('enrolled'));
    expect(await own(users[2] ?? '', places[2]?.id ?? '', 1)).toMatchObject({ waitlistPosition: 1 });
    expect(await seatsOf(codeId)).toMatchObject({ enrolledCount: 1, seatsAvailable: 0, waitlistedCount: 1 });
  });

  it('free a seat for the other code', async () => {
    const { classId, codeId } = await crossListed({ capacity: 1 });
    const [first, second] = [newId('usr'), newId('usr')];
    const { body: seat } = await system.enroll(first, codeId);
    const { body: place } = await system.enroll(second, classId, waiting);
    expect(place.status).toBe('waitlisted');
    expect((await system.drop(first, seat.id, { instance: 1 })).body.status).toBe('dropped');
    await until(async () => expect((await own(second, place.id)).status).toBe('enrolled'));
  });

  it('answer for seats and roster by either id', async () => {
    const { classId, codeId } = await crossListed({ capacity: 5 }, { capacity: 3 });
    const [first, second] = [newId('usr'), newId('usr')];
    await system.enroll(first, classId);
    const stream = await EventStream.open(`${system.urls[1] ?? ''}/api/courses/${codeId}/seats`);
    expect(await stream.nextData()).toMatchObject({ courseId: codeId, capacity: 3, enrolledCount: 0 });
    await system.enroll(second, codeId);
    expect(await stream.nextData()).toMatchObject({ courseId: codeId, enrolledCount: 1, seatsAvailable: 2 });
    await system.course({ ...open, id: classId, capacity: 3, version: 2 });
    announce(classId, 2, { capacity: 3 });
    expect(await stream.nextData()).toMatchObject({ enrolledCount: 2, seatsAvailable: 1 });
    stream.close();
    for (const instance of [0, 1]) {
      await until(async () => {
        const code = await shownSeats(codeId, instance);
        expect(code).toMatchObject({ courseId: codeId, capacity: 3, seatsAvailable: 1 });
        const ofClass = await shownSeats(classId, instance);
        expect(ofClass).toMatchObject({
          courseId: classId,
          capacity: 3,
          enrolledCount: 2,
          seatsAvailable: 1,
        });
      });
    }
    for (const id of [classId, codeId]) {
      await until(async () => {
        const { body } = await rosterOf(id);
        const students = body.items.map(({ userId, courseId, credits }) => [userId, courseId, credits]);
        expect(students).toEqual([
          [first, classId, 3],
          [second, codeId, 4],
        ]);
      });
    }
  });

  it('show their staff one waitlist by either id, and say what is free for whom under a code', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 }, { capacity: 1 });
    const [first, second, third] = [newId('usr'), newId('usr'), newId('usr')];
    await system.enroll(newId('usr'), codeId);
    await system.enroll(first, codeId, waiting);
    const ownSeats = async (id: string) =>
      (await system.sendRequest({ user: third, path: `/api/courses/${id}/seats/me`, instance: 1 })).body;
    expect(await ownSeats(codeId)).toEqual({ available: 0, reservation: null });
    expect(await ownSeats(classId)).toEqual({ available: 1, reservation: null });
    await system.enroll(newId('usr'), classId);
    await system.enroll(second, classId, waiting);
    for (const id of [classId, codeId]) {
      const caller = { user: teacher, roles: ['instructor' as const] };
      const { body } = await system.sendRequest<WaitlistPage>({
        ...caller,
        path: `/api/courses/${id}/waitlist`,
      });
      const places = body.items.map(({ position, enrollment: { userId, courseId } }) => [
        position,
        userId,
        courseId,
      ]);
      expect(places).toEqual([
        [1, first, codeId],
        [2, second, classId],
      ]);
    }
  });

  it('are judged in a dry run and a plan as they would be', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 }, { capacity: 1 });
    await system.enroll(newId('usr'), codeId);
    const user = newId('usr');
    const body = { add: [{ courseId: codeId }, { courseId: classId }], drop: [], mode: 'each' };
    const path = '/api/enrollments/changes?dryRun=true';
    const dry = await system.sendRequest<ChangesAnswer>({ user, method: 'POST', path, body });
    expect(dry.body.results.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['seat_unavailable'],
      [],
    ]);
    const choices = [codeId, classId].map((courseId) => ({ courses: [{ courseId }] }));
    const other = await system.course();
    const entries = [{ choices }, { choices: [{ courses: [{ courseId: other }] }] }];
    const plan = { user, path: '/api/plans/fall' };
    const put = await system.sendRequest({ ...plan, method: 'PUT', body: { entries, armed: false } });
    expect(put.status).toBe(200);
    const check = { user, method: 'POST' as const, path: `${plan.path}/check` };
    const checked = await system.sendRequest<PlanCheck>({ ...check, instance: 1 });
    expect(checked.body.entries).toMatchObject([
      {
        chosen: 1,
        choices: [{ problems: [{ courseId: codeId, code: 'seat_unavailable' }] }, { problems: [] }],
      },
      { chosen: 0 },
    ]);
  });

  it('end the enrollments of the code alone where that is cancelled', async () => {
    const { classId, codeId } = await crossListed({ capacity: 3 });
    const [ofClass, ofCode, completed, waits] = Array.from({ length: 4 }, () => newId('usr')) as [
      string,
      string,
      string,
      string,
    ];
    const kept = await system.enroll(ofClass, classId);
    const ended = await system.enroll(ofCode, codeId);
    const done = await system.enroll(completed, codeId);
    const body = { status: 'completed', grade: 'A' };
    const path = `/api/enrollments/${done.body.id}`;
    expect((await system.sendRequest({ ...registrar, method: 'PATCH', path, body })).status).toBe(200);
    const place = await system.enroll(waits, classId, waiting);
    const other = await system.enroll(newId('usr'), codeId, waiting);
    await system.course({
      ...open,
      capacity: 3,
      id: codeId,
      crossListedOf: classId,
      status: 'cancelled',
      version: 2,
    });
    await until(async () => {
      expect((await own(ofCode, ended.body.id)).status).toBe('cancelled');
      expect((await own(other.body.userId, other.body.id)).status).toBe('cancelled');
      expect((await own(waits, place.body.id)).status).toBe('enrolled');
    });
    expect((await own(ofClass, kept.body.id)).status).toBe('enrolled');
    expect((await own(completed, done.body.id)).status).toBe('completed');
    expect((await system.enroll(newId('usr'), codeId, { instance: 1 })).body.code).toBe('course_not_open');
    const item = await system.dynamo.get('course_seats', { course_id: classId });
    expect(item).toMatchObject({
      enrolled_count: 3,
      waitlisted_count: 0,
      codes: { [codeId]: { enrolledCount: 1, completedCount: 1, waitlistedCount: 0, cancellation: null } },
    });
    expect((await shownSeats(classId)).seatsAvailable).toBe(0);
  });

  it('end all enrollments where the class is cancelled', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 });
    const places = [
      await system.enroll(newId('usr'), classId),
      await system.enroll(newId('usr'), codeId),
      await system.enroll(newId('usr'), codeId, waiting),
    ].map(({ body }) => body);
    const change = { ...open, capacity: 2, status: 'cancelled' as const, version: 2 };
    await system.course({ ...change, id: classId });
    await system.course({ ...change, id: codeId, crossListedOf: classId });
    await until(async () => {
      for (const { userId, id } of places) expect((await own(userId, id)).status).toBe('cancelled');
    });
    for (const id of [classId, codeId])
      expect((await system.enroll(newId('usr'), id)).body.code).toBe('course_not_open');
  });

  it('are completed under their own code, also by the grades of the class', async () => {
    const { classId, codeId } = await crossListed();
    const [first, second] = [system.person(), newId('usr')];
    const { body: one } = await system.enroll(first, codeId);
    const { body: two } = await system.enroll(second, classId);
    const items = [one, two].map(({ id }) => ({ enrollmentId: id, grade: 'B' }));
    const grades = { method: 'POST' as const, path: `/api/courses/${classId}/grades`, body: { items } };
    const caller = { user: teacher, roles: ['instructor' as const] };
    expect((await system.sendRequest({ ...caller, ...grades })).body).toEqual({ completed: 2, refused: [] });
    expect(await own(first, one.id)).toMatchObject({ status: 'completed', courseId: codeId, grade: 'B' });
    const path = '/api/students/me/completions';
    const { body } = await system.sendRequest<{ items: object[] }>({ user: first, path });
    expect(body.items).toMatchObject([{ code: one.courseCode, credits: 4, enrollmentId: one.id }]);
    expect(one.courseCode).not.toBe(two.courseCode);
    expect(await seatsOf(classId)).toMatchObject({ enrolledCount: 2 });
  });

  it('are swapped within a full class, if there is a seat under the other code', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 }, { capacity: 1 });
    const [first, second] = [newId('usr'), newId('usr')];
    const { body: one } = await system.enroll(first, classId);
    const { body: two } = await system.enroll(second, classId);
    const { body: place } = await system.enroll(newId('usr'), classId, waiting);
    const swap = (user: string, dropEnrollmentId: string, addCourseId: string) =>
      system.sendRequest<Enrollment & { code: string }>({
        user,
        method: 'POST',
        path: '/api/enrollments/swap',
        key: newId('key'),
        body: { dropEnrollmentId, addCourseId },
        instance: 1,
      });
    const swapped = await swap(first, one.id, codeId);
    expect(swapped).toMatchObject({ status: 201, body: { status: 'enrolled', courseId: codeId } });
    expect((await swap(second, two.id, codeId)).body.code).toBe('seat_unavailable');
    expect((await own(place.userId, place.id)).status).toBe('waitlisted');
    expect((await swap(first, swapped.body.id, classId)).status).toBe(201);
    expect((await swap(second, two.id, codeId)).status).toBe(201);
    expect((await own(place.userId, place.id)).status).toBe('waitlisted');
    expect(await seatsOf(classId)).toMatchObject({ enrolledCount: 2, waitlistedCount: 1 });
  });

  it('are not given a capacity below the seats that are taken under them', async () => {
    const { classId, codeId } = await crossListed({ capacity: 5 }, { capacity: 4 });
    for (const id of [codeId, codeId, classId]) await system.enroll(newId('usr'), id);
    const put = (version: number, capacity: number) =>
      system.internal('PUT', `offerings/${codeId}`, {
        ...plainCourse,
        ...open,
        crossListedOf: classId,
        version,
        capacity,
      });
    for (const capacity of [1, 4])
      expect(await put(2, capacity)).toMatchObject({
        status: 409,
        body: { code: 'capacity_below_enrolled', enrolledCount: 2 },
      });
    expect(await put(3, 2)).toMatchObject({
      status: 200,
      body: { capacity: 2, seatsAvailable: 0, version: 3 },
    });
    expect((await system.enroll(newId('usr'), codeId, { instance: 1 })).body.code).toBe('seat_unavailable');
    expect(await put(4, 3)).toMatchObject({ status: 200, body: { courseId: codeId, seatsAvailable: 1 } });
    expect((await system.enroll(newId('usr'), codeId, { instance: 1 })).status).toBe(201);
  });

  it('promote who waits when the code may take more', async () => {
    const { classId, codeId } = await crossListed({ capacity: 5 }, { capacity: 1 });
    await system.enroll(newId('usr'), codeId);
    const { body: place } = await system.enroll(newId('usr'), codeId, waiting);
    expect(place.status).toBe('waitlisted');
    await system.course({ ...open, id: codeId, crossListedOf: classId, capacity: 2, version: 2 });
    await until(async () => expect((await own(place.userId, place.id)).status).toBe('enrolled'));
  });

  it('publish events under the key of the class, with one sequence', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 }, { section: 'X', capacity: 2 });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        system.enroll(newId('usr'), at % 2 === 0 ? classId : codeId, { ...waiting, instance: at % 2 }),
      ),
    );
    const seated = answers.filter(({ body }) => body.status === 'enrolled');
    for (const { body } of seated) await system.drop(body.userId, body.id);
    await until(async () => {
      // At least once: on a busy machine the sweeper of another instance publishes some again, byte by byte.
      const events = [...new Map((await eventsOf(classId)).map((event) => [event.id, event])).values()];
      expect(events.map(({ data }) => data.sequence)).toEqual(Array.from({ length: 10 }, (_, at) => at + 1));
      for (const { data } of events) {
        const isCode = data.enrollment.courseId === codeId;
        expect(data.classId).toBe(isCode ? classId : undefined);
        expect(data.course.section).toBe(isCode ? 'X' : '1');
        expect(data.counts.codes?.[codeId]?.capacity).toBe(2);
      }
    });
  });

  it('wait for the other code with the seat of one: the two are swapped when there is a seat', async () => {
    const { classId, codeId } = await crossListed({ capacity: 2 }, { capacity: 1 });
    const [first, second] = [newId('usr'), newId('usr')];
    const { body: seat } = await system.enroll(first, classId);
    const { body: coded } = await system.enroll(second, codeId);
    const wish = { joinWaitlist: true, dropOnPromotion: seat.id };
    const { status, body: place } = await system.enroll(first, codeId, { sendRequest: wish });
    expect([status, place.status]).toEqual([201, 'waitlisted']);
    await system.drop(second, coded.id, { instance: 1 });
    await until(async () => expect((await own(first, place.id)).status).toBe('enrolled'));
    expect((await own(first, seat.id)).status).toBe('dropped');
    expect(await seatsOf(classId)).toMatchObject({ enrolledCount: 1, waitlistedCount: 0 });
  });

  it('may come before their class, as in a replay: nobody is let in until that is there', async () => {
    const classId = newId('crs');
    const codeId = await system.course({ ...open, crossListedOf: classId, capacity: 1 });
    expect((await system.enroll(newId('usr'), codeId)).body.code).toBe('course_not_found');
    await system.course({ ...open, id: classId, capacity: 2 });
    expect((await system.enroll(newId('usr'), codeId)).status).toBe(201);
    expect((await system.enroll(newId('usr'), codeId, { instance: 1 })).body.code).toBe('seat_unavailable');
    expect((await system.enroll(newId('usr'), classId)).status).toBe(201);
  });
});
