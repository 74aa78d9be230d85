import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { inboxPage, inboxQuery, notification } from './notification.ts';
import { preferences } from './preferences.ts';

const notifications = { tag: 'Notifications', caller: 'signed-in' } as const;

/** Every route of the notifications service. */
export const notificationRoutes = defineRoutes('notifications', {
  listNotifications: {
    ...notifications,
    method: 'GET',
    path: '/api/notifications/me',
    summary: 'The own notifications, newest first',
    query: inboxQuery,
    answers: {
      200: {
        description: 'A page, and how many are unread.',
        schema: inboxPage,
        example: { items: [examples.notification], nextCursor: null, unreadCount: 1 },
      },
    },
    problems: { 400: ['invalid_cursor'] },
  },
  readNotification: {
    ...notifications,
    method: 'POST',
    path: '/api/notifications/:id/read',
    summary: 'Mark a notification as read',
    idempotency: 'optional',
    answers: {
      200: {
        description: 'The notification.',
        schema: notification,
        example: { ...examples.notification, readAt: '2026-08-20T10:00:00.000Z' },
      },
    },
    problems: { 404: ['notification_not_found'] },
    examples: { params: { id: examples.notification.id } },
  },
  readAllNotifications: {
    ...notifications,
    method: 'POST',
    path: '/api/notifications/read-all',
    summary: 'Mark all notifications as read',
    answers: { 204: { description: 'All are read.' } },
  },
  getPreferences: {
    ...notifications,
    method: 'GET',
    path: '/api/notifications/preferences',
    summary: 'Which mails the caller wants',
    answers: {
      200: { description: 'The preferences.', schema: preferences, example: examples.preferences },
    },
  },
  putPreferences: {
    ...notifications,
    method: 'PUT',
    path: '/api/notifications/preferences',
    summary: 'Choose which mails to get',
    description:
      'enrollment: enrolled, dropped, withdrawn, transferred, permitted, permit declined; waitlist: waitlisted, promoted, passed over; course: cancelled. Holds that are placed or released are always mailed.',
    body: preferences,
    answers: {
      200: {
        description: 'The preferences as they are now.',
        schema: preferences,
        example: examples.preferences,
      },
    },
    examples: { body: examples.preferences },
  },
  streamNotifications: {
    ...notifications,
    method: 'GET',
    path: '/api/notifications/stream',
    summary: 'New own notifications as they come',
    description:
      'Events `notification` with an `id`; a client that comes back with `Last-Event-ID` misses none.',
    stream: 'always',
    answers: {
      200: {
        description: 'The stream.',
        alternatives: { 'text/event-stream': 'Events `notification`.' },
      },
    },
    problems: { 429: ['too_many_streams'] },
  },
});
