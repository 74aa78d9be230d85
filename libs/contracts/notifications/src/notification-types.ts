/** Notifications about the enrollment of a person in one course. */
export const courseNotificationTypes = [
  'enrolled',
  'waitlisted',
  'promoted',
  'passed_over',
  'dropped',
  'withdrawn',
  'cancelled',
  'transferred',
] as const;

/** Notifications about holds on a person: of no course. */
export const holdNotificationTypes = ['hold_placed', 'hold_released'] as const;

/** Notifications about permits of a course, and requests for them: of no enrollment. */
export const permitNotificationTypes = ['permitted', 'permit_declined'] as const;

/** Notifications about the own account: of no course. */
export const accountNotificationTypes = ['export_ready'] as const;

/** What a notification can be about, as clients name it. */
export const notificationTypes = [
  ...courseNotificationTypes,
  ...holdNotificationTypes,
  ...permitNotificationTypes,
  ...accountNotificationTypes,
] as const;

/** A kind of notification about a course. */
export type CourseNotificationType = (typeof courseNotificationTypes)[number];

/** A kind of notification about a hold. */
export type HoldNotificationType = (typeof holdNotificationTypes)[number];

/** A kind of notification about a permit. */
export type PermitNotificationType = (typeof permitNotificationTypes)[number];

/** A kind of notification about the own account. */
export type AccountNotificationType = (typeof accountNotificationTypes)[number];

/** A kind of notification. */
export type NotificationType = (typeof notificationTypes)[number];
