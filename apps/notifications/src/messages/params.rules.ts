import { notificationParams } from '@registrar/contracts-notifications';
import type { Notification, NotificationType } from '@registrar/contracts-notifications';
import type { CourseFacts, ExportFacts, HoldFacts, PermitFacts } from './message.ts';

/** The values that a message of `type` about these facts says, for clients that say it in another language. */
export function paramsOf(
  type: NotificationType,
  facts: CourseFacts | ExportFacts | HoldFacts | PermitFacts,
): Notification['params'] {
  const values: Record<string, unknown> =
    'office' in facts || 'exportId' in facts ? { ...facts } : courseValues(facts);
  const names = Object.keys(notificationParams[type].shape);
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

function courseValues({ code: courseCode, title: courseTitle, ...others }: CourseFacts | PermitFacts) {
  return { courseCode, courseTitle, ...others };
}
