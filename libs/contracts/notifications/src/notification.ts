import { z } from 'zod';
import { anyNotificationParams } from './notification-params.ts';
import { notificationTypes } from './notification-types.ts';

const timestamp = z.iso.datetime({ precision: 3 });

/** How the mail of a notification stands. `suppressed`: the person asked for none, so none is sent. */
export const mailStatus = z.enum(['queued', 'sent', 'failed', 'suppressed']);

/** How a mail stands. */
export type MailStatus = z.infer<typeof mailStatus>;

/** A notification as clients see it. */
export const notification = z.strictObject({
  id: z.string(),
  type: z.enum(notificationTypes),
  subject: z.string(),
  /** Plain text, lines parted by line feeds. */
  text: z.string(),
  /** The values that `subject` and `text` say, for other languages: `notificationParams` of the type. */
  params: anyNotificationParams,
  /** Null where it is about no course, as `enrollmentId` is then, and where it is about a permit. */
  courseId: z.string().nullable(),
  enrollmentId: z.string().nullable(),
  createdAt: timestamp,
  readAt: timestamp.nullable(),
  email: z.strictObject({ status: mailStatus, sentAt: timestamp.nullable(), attempts: z.int().min(0) }),
});

/** A notification. */
export type Notification = z.infer<typeof notification>;

/** Query of `GET /api/notifications/me`: `unread=true` leaves out what was read. */
export const inboxQuery = z.strictObject({
  unread: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** Filter and page of one's own notifications. */
export type InboxQuery = z.infer<typeof inboxQuery>;

/** A page of one's own notifications, newest first. */
export const inboxPage = z.strictObject({
  items: z.array(notification),
  nextCursor: z.string().nullable(),
  unreadCount: z.int().min(0),
});

/** A page of notifications. */
export type InboxPage = z.infer<typeof inboxPage>;
