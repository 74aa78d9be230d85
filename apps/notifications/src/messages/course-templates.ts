import type { CourseNotificationType } from '@registrar/contracts-notifications';
import { cancelled } from './cancelled.template.ts';
import { dropped } from './dropped.template.ts';
import { enrolled } from './enrolled.template.ts';
import type { CourseTemplate } from './message.ts';
import { passedOver } from './passed-over.template.ts';
import { promoted } from './promoted.template.ts';
import { transferred } from './transferred.template.ts';
import { waitlisted } from './waitlisted.template.ts';
import { withdrawn } from './withdrawn.template.ts';

/** The template of each kind of notification about a course. */
export const courseTemplates: Readonly<Record<CourseNotificationType, CourseTemplate>> = {
  enrolled,
  waitlisted,
  promoted,
  passed_over: passedOver,
  dropped,
  withdrawn,
  cancelled,
  transferred,
};

/** Whether a kind of row is about a course. */
export function isCourseType(kind: string): kind is CourseNotificationType {
  return Object.hasOwn(courseTemplates, kind);
}
