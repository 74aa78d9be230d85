import { holdTopic } from '@registrar/contracts-enrollments';
import type { HoldEventData } from '@registrar/contracts-enrollments';
import type { CloudEvent } from '@registrar/messaging';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EventSourceClient } from '../testing/event-source.ts';
import { enrollmentEventOf, holdEventOf } from '../testing/events.ts';
import { TestSystem, soon } from '../testing/system.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await TestSystem.start({ CAMPUS_TIME_ZONE: 'America/New_York' });
});
afterAll(() => system?.close());

async function publish(...events: CloudEvent<HoldEventData>[]): Promise<void> {
  const messages = events.map((event) => ({ key: event.data.userId, event }));
  await system.around.publish(holdTopic.name, messages);
}

/** A student who wants no mail at all. */
async function withoutMails() {
  const student = system.student();
  const body = { email: { enrollment: false, waitlist: false, course: false } };
  expect((await system.app.call(student.id, 'PUT', '/preferences', { body })).status).toBe(200);
  return student;
}

describe('a hold', () => {
  it('is in the inbox and mailed once, although the preferences are all off', async () => {
    const { id, email } = await withoutMails();
    const placed = holdEventOf('placed', { userId: id });
    await publish(placed, placed);
    await vi.waitFor(async () => expect((await system.app.newest(id))?.email.status).toBe('sent'), soon);
    const released = holdEventOf('released', { ...placed.data, occurredAt: new Date().toISOString() });
    await publish(placed, released);
    await system.publish(enrollmentEventOf({ userId: id }));
    await vi.waitFor(async () => expect((await system.app.inbox(id)).unreadCount).toBe(3), soon);
    await vi.waitFor(() => expect(system.around.smtp.to(email)).toHaveLength(2), soon);
    const { items } = await system.app.inbox(id);
    const ofHolds = items.filter(({ type }) => type.startsWith('hold_'));
    expect(ofHolds.map(({ type }) => type)).toEqual(['hold_released', 'hold_placed']);
    expect(ofHolds[1]).toMatchObject({
      subject: "Hold placed: Bursar's Office",
      text: expect.stringMatching(
        /placed a hold on your account on .* E[SD]T.*you cannot take courses.*talk to Bursar's Office/s,
      ),
      params: { office: "Bursar's Office", blocks: ['enroll'], occurredAt: placed.data.occurredAt },
      courseId: null,
      enrollmentId: null,
      readAt: null,
    });
    const [first, second] = system.around.smtp.to(email);
    expect(first?.raw).toMatch(/^Subject: Hold placed: Bursar's Office\r?$/m);
    expect(second?.raw).toMatch(/^Subject: Hold released: Bursar's Office\r?$/m);
    expect((await system.app.call(id, 'POST', `/${ofHolds[1]?.id}/read`)).body).toMatchObject({
      type: 'hold_placed',
      courseId: null,
    });
  });

  it('comes by the stream of its student alone', async () => {
    const [student, other] = [system.student(), system.student()];
    const open = (id: string) => EventSourceClient.open(system.app, system.around, id);
    const streams = await Promise.all([open(student.id), open(other.id)]);
    await publish(holdEventOf('placed', { userId: student.id, blocks: ['enroll', 'drop'] }));
    await vi.waitFor(() => expect(streams[0]?.received).toHaveLength(1), soon);
    expect(streams[0]?.received[0]).toMatchObject({
      type: 'hold_placed',
      courseId: null,
      enrollmentId: null,
      params: { blocks: ['enroll', 'drop'] },
    });
    expect(streams[1]?.received).toEqual([]);
    for (const stream of streams) stream.close();
  });
});

it('a completion that a registrar undid is notified nowhere', async () => {
  const { id, email } = system.student();
  const data = { reason: 'completion_undone', actorId: 'usr_registrar', actorRole: 'registrar' };
  const undone = enrollmentEventOf({ userId: id, data });
  const { courseId } = undone.data.enrollment;
  await system.publish(undone, enrollmentEventOf({ userId: id, courseId, change: 'dropped' }));
  await vi.waitFor(() => expect(system.around.smtp.to(email)).toHaveLength(1), soon);
  expect((await system.app.inbox(id)).items.map(({ type }) => type)).toEqual(['dropped']);
});
