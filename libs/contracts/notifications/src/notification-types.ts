/** What a notification can be about, as clients name it. */
export const notificationTypes = [
  'enrolled',
  'waitlisted',
  'promoted',
  'passed_over',
  'dropped',
  'withdrawn',
  'cancelled',
] as const;

/** A kind of notification. */
export type NotificationType = (typeof notificationTypes)[number];
