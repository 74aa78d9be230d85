import { describe, expect, it } from 'vitest';
import {
  categoryOf,
  courseNotificationTypes,
  inboxQuery,
  notification,
  notificationParams,
  notificationRoutes,
  notificationTypes,
  permitNotificationTypes,
  preferences,
} from './index.ts';

describe('the notifications contract', () => {
  it('puts every kind of notification about a course or a permit in a group of mails, and no other', () => {
    const grouped = [...courseNotificationTypes, ...permitNotificationTypes];
    expect(Object.keys(categoryOf).sort()).toEqual(grouped.sort());
    for (const type of permitNotificationTypes) expect(categoryOf[type]).toBe('enrollment');
  });

  it('names the params of every kind', () => {
    expect(Object.keys(notificationParams)).toEqual(notificationTypes);
  });

  it('has notifications of holds, which are about no course', () => {
    const { example } = notificationRoutes.readNotification.answers[200];
    const params = { office: 'Bursar', blocks: ['drop'], occurredAt: '2027-01-01T00:00:00.000Z' };
    const placed = { ...example, type: 'hold_placed', params, courseId: null, enrollmentId: null };
    expect(notification.parse(placed)).toEqual(placed);
    expect(notificationParams.hold_placed.parse(params)).toEqual(params);
    expect(notificationParams.hold_placed.safeParse({ ...params, reason: 'Fees' }).success).toBe(false);
  });

  it('has notifications of permits, which are about a course but no enrollment', () => {
    const { example } = notificationRoutes.readNotification.answers[200];
    const params = { courseCode: 'CS 101', section: '1', courseTitle: 'Programming', note: '' };
    for (const [type, more] of [
      ['permitted', { ...params, expiresAt: null }],
      ['permit_declined', params],
    ] as const) {
      const permitted = { ...example, type, params: more, enrollmentId: null };
      expect(notification.parse(permitted)).toEqual(permitted);
      expect(notificationParams[type].parse(more)).toEqual(more);
    }
  });

  it('takes a page size from 1 to 100 and 25 when none is asked for', () => {
    expect(inboxQuery.parse({})).toEqual({ limit: 25 });
    expect(inboxQuery.parse({ limit: '100', unread: 'true' })).toEqual({ limit: 100, unread: 'true' });
    for (const limit of ['0', '101', '2.5', 'many'])
      expect(inboxQuery.safeParse({ limit }).success).toBe(false);
  });

  it.each([{}, { email: {} }, { email: { enrollment: true, waitlist: true, course: 'no' } }])(
    'refuses preferences that are not whole: %j',
    (input) => expect(preferences.safeParse(input).success).toBe(false),
  );

  it('refuses unknown preferences', () => {
    const email = { enrollment: true, waitlist: true, course: true };
    expect(preferences.safeParse({ email: { ...email, sms: true } }).success).toBe(false);
    expect(preferences.safeParse({ email, push: {} }).success).toBe(false);
    expect(preferences.safeParse({ email }).success).toBe(true);
  });
});
