import { courseTopic, courseUpdated } from '@registrar/contracts-courses';
import type { CourseState } from '@registrar/contracts-courses';
import type { PublicSeats } from '@registrar/contracts-enrollments';
import { OutboxRelay, makeEvent, outboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EnrollmentsSystem, plainCourse } from '../testing/enrollments-system.ts';
import { EventStream } from '../testing/event-stream.ts';
import { SeatStreams } from './seat-streams.ts';

let system: EnrollmentsSystem;

beforeAll(async () => {
  system = await EnrollmentsSystem.start(2, { SEAT_STREAMS_PER_USER: '2', SEAT_STREAM_HEARTBEAT_MS: '300' });
  await system.semester('fall');
});
afterAll(() => system.stop());

const seatsPath = (courseId: string) => `/api/courses/${courseId}/seats`;
const seats = (courseId: string, instance = 0) =>
  system.sendRequest<PublicSeats & { code: string }>({ path: seatsPath(courseId), instance });
const open = (courseId: string, { instance = 0, headers = {} } = {}) =>
  EventStream.open(`${system.urls[instance] ?? ''}${seatsPath(courseId)}`, headers);

/** Tells of a change of a course, as the courses service does. */
function tell(id: string, version: number, change: Partial<CourseState>): void {
  const { actorId: _, ...course } = plainCourse;
  const time = new Date();
  const at = time.toISOString();
  const state = { ...course, id, description: '', createdAt: at, updatedAt: at, ...change, version };
  const data = { course: state as CourseState, actorId: 'usr_registrar' };
  const event = makeEvent(courseUpdated, { id: newId('evt'), subject: id, time, data });
  const entry = { topic: courseTopic.name, key: id, sequence: version, events: [event], now: time.getTime() };
  system.get(OutboxRelay).publish(outboxEntry(entry));
}

describe('the seats of a course', () => {
  it('are public, tagged and current on every instance within a second', async () => {
    const courseId = await system.course({ capacity: 1, waitlistCapacity: 5 });
    const first = await seats(courseId, 1);
    expect(first).toMatchObject({
      status: 200,
      body: { courseId, capacity: 1, enrolledCount: 0, waitlistedCount: 0, seatsAvailable: 1, version: 32 },
      headers: { 'cache-control': 'public, max-age=1', vary: 'Accept, Accept-Encoding' },
    });
    const held = { 'if-none-match': String(first.headers['etag']) };
    expect((await system.sendRequest({ path: seatsPath(courseId), headers: held, instance: 1 })).status).toBe(
      304,
    );
    await system.enroll(newId('usr'), courseId);
    await system.enroll(newId('usr'), courseId, { sendRequest: { joinWaitlist: true } });
    await vi.waitFor(
      async () =>
        expect((await seats(courseId, 1)).body).toEqual({
          courseId,
          capacity: 1,
          enrolledCount: 1,
          waitlistedCount: 1,
          seatsAvailable: 0,
          generalAvailable: 0,
          reservations: [],
          version: 34,
        }),
      { timeout: 1_000, interval: 20 },
    );
  });

  it('follow a change of capacity', async () => {
    const courseId = await system.course({ capacity: 1 });
    expect((await seats(courseId)).body.capacity).toBe(1);
    await system.course({ id: courseId, capacity: 7, version: 2 });
    tell(courseId, 2, { capacity: 7 });
    await vi.waitFor(
      async () =>
        expect((await seats(courseId)).body).toMatchObject({ capacity: 7, seatsAvailable: 7, version: 64 }),
      { timeout: 10_000, interval: 20 },
    );
  });

  it('are not there for unknown courses and drafts, as one answer and as a stream', async () => {
    const draft = await system.course({ status: 'draft' });
    for (const id of ['crs_unknown', draft, '%00', 'x'.repeat(200)]) {
      const expected = { status: 404, body: { code: 'course_not_found' } };
      expect(await seats(id)).toMatchObject(expected);
      const headers = { accept: 'text/event-stream' };
      expect(await system.sendRequest({ path: seatsPath(id), headers })).toMatchObject(expected);
    }
    await system.course({ id: draft, version: 2 });
    expect((await seats(draft)).status).toBe(200);
    expect(await system.sendRequest({ path: `${seatsPath(draft)}?live=1` })).toMatchObject({ status: 422 });
  });
});

describe('the live seats of several courses', () => {
  const openAll = (courseIds: string[], instance = 0) =>
    EventStream.open(`${system.urls[instance] ?? ''}${allPath(courseIds.join())}`);
  const allPath = (courseIds: string) => `/api/seats/stream?courseIds=${courseIds}`;

  it('begin with each course, and show a change of any on another instance within a second', async () => {
    const courseIds = [await system.course({ capacity: 3 }), await system.course({ capacity: 4 })];
    const stream = await openAll([...courseIds, ...courseIds], 1);
    expect(stream).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    });
    const first = [await stream.nextData<PublicSeats>(), await stream.nextData<PublicSeats>()];
    expect(first.map(({ courseId }) => courseId)).toEqual(courseIds);
    for (const courseId of courseIds) {
      await system.enroll(newId('usr'), courseId);
      const committedAt = Date.now();
      expect(await stream.nextData()).toMatchObject({ courseId, enrolledCount: 1, version: 33 });
      expect(Date.now() - committedAt).toBeLessThan(1_000);
    }
    expect(await stream.next()).toBe(': still here');
    stream.close();
  });

  it('are refused for unknown courses and drafts, and for what is no selection', async () => {
    const open = await system.course();
    const draft = await system.course({ status: 'draft' });
    for (const id of ['crs_unknown', draft])
      expect(await system.sendRequest({ path: allPath(`${open},${id}`) })).toMatchObject({
        status: 404,
        body: { code: 'course_not_found' },
      });
    const tooMany = Array.from({ length: 101 }, (_, at) => `crs_${at}`).join();
    const bad = ['', `${open},`, tooMany, `${open}&limit=1`, `${open}&courseIds=${open}`];
    for (const path of [...bad.map(allPath), '/api/seats/stream'])
      expect([path, (await system.sendRequest({ path })).status]).toEqual([path, 422]);
  });
});

describe('the live seats of a course', () => {
  it('begin at once, and show a change on another instance within a second', async () => {
    const courseId = await system.course({ capacity: 3 });
    const stream = await open(courseId, { instance: 1 });
    expect(stream).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(await stream.next()).toMatch(/^event: seats\nid: 32\ndata: \{"courseId":".*"version":32\}$/);
    await system.enroll(newId('usr'), courseId);
    const committedAt = Date.now();
    expect(await stream.nextData()).toMatchObject({ enrolledCount: 1, seatsAvailable: 2, version: 33 });
    expect(Date.now() - committedAt).toBeLessThan(1_000);
    stream.close();
  });

  it('show the last state after a burst, at most four a second', async () => {
    const courseId = await system.course({ capacity: 60 });
    const stream = await open(courseId);
    const began = Date.now();
    await Promise.all(Array.from({ length: 60 }, () => system.enroll(newId('usr'), courseId)));
    let events = 0;
    for (let shown = 0; shown < 60; events += 1) shown = (await stream.nextData<PublicSeats>()).enrolledCount;
    expect(events).toBeLessThanOrEqual(3 + ((Date.now() - began) / 1_000) * 4);
    stream.close();
  });

  it('give signs of life', async () => {
    const stream = await open(await system.course());
    await stream.next();
    expect(await stream.next()).toBe(': still here');
    stream.close();
  });

  it('are bounded for each user and address, not for the gateway, and free the place of who hangs up', async () => {
    const courseId = await system.course();
    const headers = system.issuer.bearer({ id: newId('usr'), roles: ['student'] });
    const streams = [await open(courseId, { headers }), await open(courseId, { headers })];
    const third = await system.sendRequest({
      path: seatsPath(courseId),
      headers: { ...headers, accept: 'text/event-stream' },
    });
    expect(third).toMatchObject({
      status: 429,
      body: { code: 'too_many_streams' },
      headers: { 'retry-after': '5' },
    });
    const others = [await open(courseId), await open(courseId), await open(courseId)];
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    streams[0]?.close();
    await vi.waitFor(
      async () => {
        const next = await open(courseId, { headers });
        streams.push(next);
        expect(next.status).toBe(200);
      },
      { timeout: 10_000 },
    );
    for (const stream of [...streams, ...others]) stream.close();
  });

  it('say 503 where the instance has too many', () => {
    const streams = new SeatStreams(
      { onChange: () => undefined } as never,
      { SEAT_STREAMS_PER_INSTANCE: 1 } as never,
    );
    const release = streams.admit({});
    expect(() => streams.admit({})).toThrow(
      expect.objectContaining({ status: 503, code: 'overloaded' }) as Error,
    );
    release();
    release();
    expect(streams.admit({})).toBeTypeOf('function');
  });

  it('end with a hint when the instance stops', async () => {
    const stopping = await EnrollmentsSystem.start();
    await stopping.semester('fall');
    const courseId = await stopping.course();
    const stream = await EventStream.open(`${stopping.urls[0] ?? ''}${seatsPath(courseId)}`);
    expect(await stream.next()).toMatch(/^event: seats/);
    await stopping.stop();
    expect(await stream.next()).toMatch(/^retry: [12]\d{3}$/);
    expect(await stream.next()).toBeUndefined();
  });

  it('give only headers to HEAD', async () => {
    const courseId = await system.course();
    const headers = { accept: 'text/event-stream' };
    expect(await system.sendRequest({ path: seatsPath(courseId), method: 'HEAD', headers })).toMatchObject({
      status: 200,
    });
  });
});
