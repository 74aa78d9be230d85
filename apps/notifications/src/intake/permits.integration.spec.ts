import { permitTopic } from '@registrar/contracts-enrollments';
import type { PermitEventData } from '@registrar/contracts-enrollments';
import type { CloudEvent } from '@registrar/messaging';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { EventSourceClient } from '../testing/event-source.ts';
import { permitEventOf } from '../testing/events.ts';
import { FakeEnrollments } from '../testing/fake-enrollments.ts';
import { TestSystem, soon } from '../testing/system.ts';

let system: TestSystem;
const enrollments = new FakeEnrollments();

beforeAll(async () => {
  await enrollments.start();
  system = await TestSystem.start({ CAMPUS_TIME_ZONE: 'America/New_York', ENROLLMENTS_URL: enrollments.url });
});
afterAll(async () => {
  await system?.close();
  await enrollments.stop();
});

async function publish(...events: CloudEvent<PermitEventData>[]): Promise<void> {
  const messages = events.map((event) => ({ key: event.data.userId, event }));
  await system.around.publish(permitTopic.name, messages);
}

it('a permit and a declined request are in the inbox and mailed once, with what was said', async () => {
  const { id, email } = system.student();
  const stream = await EventSourceClient.open(system.app, system.around, id);
  const granted = permitEventOf('granted', {
    userId: id,
    note: 'Passed the audition.',
    expiresAt: '2027-03-03T14:05:00.000Z',
  });
  const declined = permitEventOf('declined', { userId: id, note: 'The course is for majors.' });
  await publish(granted, granted, declined);
  await vi.waitFor(() => expect(system.around.smtp.to(email)).toHaveLength(2), soon);
  await vi.waitFor(() => expect(stream.received).toHaveLength(2), soon);
  stream.close();
  const { items } = await system.app.inbox(id);
  const course = { courseCode: 'CS 101', section: '2', courseTitle: 'Introduction to Programming' };
  expect(items).toMatchObject([
    {
      type: 'permit_declined',
      subject: 'Request declined: CS 101 (Introduction to Programming)',
      text: expect.stringContaining('Reason: The course is for majors.') as string,
      courseId: declined.data.courseId,
      enrollmentId: null,
    },
    {
      type: 'permitted',
      subject: 'Permit granted: CS 101 (Introduction to Programming)',
      text: expect.stringMatching(/Passed the audition\..*until Mar 3, 2027, 9:05 AM EST/s) as string,
      courseId: granted.data.courseId,
      enrollmentId: null,
    },
  ]);
  expect(items.map(({ params }) => params)).toEqual([
    { ...course, note: 'The course is for majors.' },
    { ...course, note: 'Passed the audition.', expiresAt: '2027-03-03T14:05:00.000Z' },
  ]);
  expect(
    system.around.smtp
      .to(email)
      .map(({ raw }) => /^Subject: (\w+ \w+)/m.exec(raw)?.[1])
      .sort(),
  ).toEqual(['Permit granted', 'Request declined']);
});

it('what was said is asked of enrollments where the event does not say it, and waited for', async () => {
  const { id } = system.student();
  const [permitted, declined] = [
    permitEventOf('granted', { userId: id, note: undefined }),
    permitEventOf('declined', { userId: id, note: undefined }),
  ];
  enrollments.away = true;
  await publish(permitted, declined);
  await vi.waitFor(() => expect(enrollments.asked.length).toBeGreaterThan(0), soon);
  expect((await system.app.inbox(id)).items).toEqual([]);
  enrollments.notes.set(permitted.data.permitId, 'Welcome.');
  enrollments.away = false;
  await vi.waitFor(async () => expect((await system.app.inbox(id)).items).toHaveLength(2), soon);
  const { items } = await system.app.inbox(id);
  const notes = items.map(({ params }) => params?.['note' as keyof typeof params]);
  expect(notes.sort()).toEqual(['', 'Welcome.']);
});

it('a student who wants no mails of enrollments has them in the inbox alone', async () => {
  const { id, email } = system.student();
  const body = { email: { enrollment: false, waitlist: true, course: true } };
  expect((await system.app.call(id, 'PUT', '/preferences', { body })).status).toBe(200);
  await publish(
    permitEventOf('granted', { userId: id }),
    permitEventOf('declined', { userId: id, note: 'No.' }),
  );
  await vi.waitFor(async () => expect((await system.app.inbox(id)).unreadCount).toBe(2), soon);
  const { items } = await system.app.inbox(id);
  expect(items.map(({ email: mail }) => mail.status)).toEqual(['suppressed', 'suppressed']);
  expect(system.around.smtp.to(email)).toEqual([]);
});
