import { notificationParams } from '@registrar/contracts-notifications';
import type { Notification, NotificationType } from '@registrar/contracts-notifications';
import type { CourseFacts } from './message.ts';

/** The values that a message of `type` about these facts says, for clients that say it in another language. */
export function paramsOf(type: NotificationType, facts: CourseFacts): Notification['params'] {
  const { code: courseCode, title: courseTitle, ...others } = facts;
  const values: Record<string, unknown> = { courseCode, courseTitle, ...others };
  const names = Object.keys(notificationParams[type].shape);
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}
