import { z } from 'zod';
import type { NotificationType } from './notification-types.ts';

const meeting = z.strictObject({
  day: z.string(),
  start: z.string(),
  end: z.string(),
  room: z.string(),
  startsOn: z.string().optional(),
  endsOn: z.string().optional(),
});

const values = {
  courseCode: z.string(),
  section: z.string(),
  courseTitle: z.string(),
  /** None where the times are not set yet. */
  meetings: z.array(meeting),
  /** 1 is next; null where it was not known. */
  waitlistPosition: z.int().min(1).nullable(),
  /** The code of the refusal that stood in the way, such as `time_conflict`; null where none is known. */
  reason: z.string().nullable(),
  /** A registrar did it for the student. */
  byRegistrar: z.boolean(),
  /** The office that placed a hold, and can have it released. */
  office: z.string(),
  /** What a hold stops: taking courses, dropping courses, or both. */
  blocks: z.array(z.enum(['enroll', 'drop'])),
  /** When a hold was placed or released. */
  occurredAt: z.iso.datetime({ precision: 3 }),
  /** Until when a permit can be used; null without an end. */
  expiresAt: z.iso.datetime({ precision: 3 }).nullable(),
  /** Words of who granted a permit, or declined a request for one; may be empty. */
  note: z.string(),
  /** Of an export of the own data that can be downloaded. */
  exportId: z.string(),
};
const { courseCode, section, courseTitle, meetings, waitlistPosition, reason, byRegistrar } = values;
const course = { courseCode, section, courseTitle };
const { office, blocks, occurredAt, expiresAt, note, exportId } = values;
const hold = z.strictObject({ office, blocks, occurredAt });

/** The values that `subject` and `text` of a notification say, by its type. Each of them, as `params` holds it. */
export const notificationParams = {
  enrolled: z.strictObject({ ...course, meetings, byRegistrar }),
  waitlisted: z.strictObject({ ...course, meetings, waitlistPosition, byRegistrar }),
  promoted: z.strictObject({ ...course, meetings }),
  passed_over: z.strictObject({ ...course, meetings, reason }),
  dropped: z.strictObject({ ...course, byRegistrar }),
  withdrawn: z.strictObject({ ...course, byRegistrar }),
  cancelled: z.strictObject(course),
  transferred: z.strictObject({ ...course, meetings }),
  hold_placed: hold,
  hold_released: hold,
  permitted: z.strictObject({ ...course, expiresAt, note }),
  permit_declined: z.strictObject({ ...course, note }),
  export_ready: z.strictObject({ exportId, expiresAt }),
} as const satisfies Record<NotificationType, z.ZodType>;

/** The `params` of notifications, by their types. */
export type NotificationParams = {
  readonly [Type in NotificationType]: z.infer<(typeof notificationParams)[Type]>;
};

/** `params` of any notification: those of its type, or none where nothing is known of its course any more. */
export const anyNotificationParams = z.strictObject(values).partial();
