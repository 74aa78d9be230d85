import { inboxPage, inboxQuery, notification, preferences } from '@registrar/contracts-notifications';
import type { Operation } from '../operation.ts';

const exampleNotification = {
  id: 'ntf_ixnwe5md5ibxebc7g33w',
  type: 'enrolled',
  subject: 'You are enrolled in CS 101',
  text: 'You have a seat in CS 101, Introduction to Programming.',
  courseId: 'crs_ixnwe5md5ibxebc7g33w',
  enrollmentId: 'enr_ixnwe5md5ibxebc7g33w_fjqhaiowmpe2jfz56jbl',
  createdAt: '2026-08-20T09:15:00.000Z',
  readAt: null,
  email: { status: 'sent', sentAt: '2026-08-20T09:15:01.000Z', attempts: 1 },
};
const examplePreferences = { email: { enrollment: true, waitlist: true, course: true } };
const tag = 'Notifications';

/** What students are told. */
export const notificationOperations: Operation[] = [
  {
    tag,
    id: 'listNotifications',
    method: 'get',
    path: '/api/notifications/me',
    summary: 'The own notifications, newest first',
    caller: 'signed-in',
    query: inboxQuery,
    answers: [
      {
        status: 200,
        description: 'A page, and how many are unread.',
        schema: inboxPage,
        example: { items: [exampleNotification], nextCursor: null, unreadCount: 1 },
      },
    ],
    codes: { 400: ['invalid_cursor'] },
  },
  {
    tag,
    id: 'readNotification',
    method: 'post',
    path: '/api/notifications/{id}/read',
    summary: 'Mark a notification as read',
    caller: 'signed-in',
    idempotencyKey: 'optional',
    parameters: { id: exampleNotification.id },
    answers: [
      {
        status: 200,
        description: 'The notification.',
        schema: notification,
        example: { ...exampleNotification, readAt: '2026-08-20T10:00:00.000Z' },
      },
    ],
    codes: { 404: ['notification_not_found'] },
  },
  {
    tag,
    id: 'readAllNotifications',
    method: 'post',
    path: '/api/notifications/read-all',
    summary: 'Mark all notifications as read',
    caller: 'signed-in',
    answers: [{ status: 204, description: 'All are read.' }],
  },
  {
    tag,
    id: 'getPreferences',
    method: 'get',
    path: '/api/notifications/preferences',
    summary: 'Which mails the caller wants',
    caller: 'signed-in',
    answers: [
      { status: 200, description: 'The preferences.', schema: preferences, example: examplePreferences },
    ],
  },
  {
    tag,
    id: 'putPreferences',
    method: 'put',
    path: '/api/notifications/preferences',
    summary: 'Choose which mails to get',
    description:
      'enrollment: enrolled, dropped, withdrawn; waitlist: waitlisted, promoted, passed over; course: cancelled.',
    caller: 'signed-in',
    body: { schema: preferences, example: examplePreferences },
    answers: [
      {
        status: 200,
        description: 'The preferences as they are now.',
        schema: preferences,
        example: examplePreferences,
      },
    ],
  },
  {
    tag,
    id: 'streamNotifications',
    method: 'get',
    path: '/api/notifications/stream',
    summary: 'New own notifications as they come',
    description:
      'Events `notification` with an `id`; a client that comes back with `Last-Event-ID` misses none.',
    caller: 'signed-in',
    answers: [
      {
        status: 200,
        description: 'The stream.',
        alternatives: { 'text/event-stream': 'Events `notification`.' },
      },
    ],
    codes: { 429: ['too_many_streams'] },
  },
];
