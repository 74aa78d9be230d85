import { enrollmentTopic, enrollmentChanges } from '@registrar/contracts-enrollments';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enrollmentEventOf } from './testing/events.ts';
import { RunningApp } from './testing/running-app.ts';
import { TestSurroundings } from './testing/test-surroundings.ts';

const soon = { timeout: 10_000, interval: 50 };

describe('notifications, from the event to the mail', () => {
  let around: TestSurroundings;
  let app: RunningApp;

  beforeAll(async () => {
    around = await TestSurroundings.make();
    app = await RunningApp.start(around);
  });

  afterAll(async () => {
    await app?.close();
    await around?.close();
  });

  function student(): { id: string; email: string } {
    const id = newId('usr');
    const email = `${id.slice(4)}@registrar.example`;
    around.gateway.addUser(id, email);
    return { id, email };
  }

  it('tells a student of a seat in the inbox and by mail, once', async () => {
    const { id, email } = student();
    const event = enrollmentEventOf({ userId: id });
    const message = { key: event.data.enrollment.courseId, event };
    await around.publish(enrollmentTopic.name, [message, message]);
    await vi.waitFor(async () => expect((await app.newest(id))?.email.status).toBe('sent'), soon);
    await around.publish(enrollmentTopic.name, [message]);
    const other = enrollmentEventOf({ userId: id });
    await around.publish(enrollmentTopic.name, [{ key: event.data.enrollment.courseId, event: other }]);
    await vi.waitFor(() => expect(around.smtp.to(email)).toHaveLength(2), soon);
    const page = await app.inbox(id);
    expect(page.items).toHaveLength(2);
    expect(page.unreadCount).toBe(2);
    expect(page.items[1]).toMatchObject({
      type: 'enrolled',
      subject: 'Enrolled: CS 101 (Introduction to Programming)',
      params: { courseCode: 'CS 101', courseTitle: 'Introduction to Programming', byRegistrar: false },
      courseId: event.data.enrollment.courseId,
      enrollmentId: event.data.enrollment.id,
      readAt: null,
    });
  });

  it('knows every change that a student is told of', async () => {
    const { id, email } = student();
    const events = enrollmentChanges.map((change) => enrollmentEventOf({ change, userId: id }));
    await around.publish(
      enrollmentTopic.name,
      events.map((event) => ({ key: event.data.enrollment.courseId, event })),
    );
    await vi.waitFor(() => expect(around.smtp.to(email)).toHaveLength(7), soon);
    const { items, unreadCount } = await app.inbox(id);
    expect(unreadCount).toBe(7);
    expect(items.map(({ type }) => type).sort()).toEqual(
      ['cancelled', 'dropped', 'enrolled', 'passed_over', 'promoted', 'waitlisted', 'withdrawn'].sort(),
    );
  });
});
