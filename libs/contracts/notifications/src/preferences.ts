import { z } from 'zod';
import type { CourseNotificationType, PermitNotificationType } from './notification-types.ts';

/**
 * Which mails a person wants. `enrollment`: enrolled, dropped, withdrawn, transferred, permitted, permit_declined;
 * `waitlist`: waitlisted, promoted, passed_over; `course`: cancelled. Holds and what is about the own account are always mailed. The inbox has all of them whatever is chosen here.
 */
export const preferences = z.strictObject({
  email: z.strictObject({ enrollment: z.boolean(), waitlist: z.boolean(), course: z.boolean() }),
});

/** Which mails a person wants. */
export type Preferences = z.infer<typeof preferences>;

/** A group of mails that is chosen as one. */
export type MailCategory = keyof Preferences['email'];

/** What holds until a person chooses: every mail. */
export const defaultPreferences: Preferences = { email: { enrollment: true, waitlist: true, course: true } };

/** The group that each kind of notification about a course or a permit belongs to; all others are always mailed. */
export const categoryOf: Readonly<Record<CourseNotificationType | PermitNotificationType, MailCategory>> = {
  enrolled: 'enrollment',
  dropped: 'enrollment',
  withdrawn: 'enrollment',
  transferred: 'enrollment',
  waitlisted: 'waitlist',
  promoted: 'waitlist',
  passed_over: 'waitlist',
  cancelled: 'course',
  permitted: 'enrollment',
  permit_declined: 'enrollment',
};
