import { z } from 'zod';
import { publishedCourse, publishedSemester } from './published.ts';

/** Facts about courses, keyed by course id, kept for good. */
export const courseTopic = { name: 'courses.course.v1', partitions: 6, retention: 'unlimited' } as const;

/** Facts about semesters, keyed by semester id, kept for good. */
export const semesterTopic = { name: 'courses.semester.v1', partitions: 1, retention: 'unlimited' } as const;

/** Every topic that the courses service publishes. */
export const topics = [courseTopic, semesterTopic];

/** The whole course after the change; `version` orders the events of one course. */
const courseEventData = z.strictObject({ course: publishedCourse, actorId: z.string() });

/** The whole semester after the change. */
const semesterEventData = z.strictObject({ semester: publishedSemester, actorId: z.string() });

/** Data of a course event. */
export type CourseEventData = z.infer<typeof courseEventData>;

/** Data of a semester event. */
export type SemesterEventData = z.infer<typeof semesterEventData>;

const source = '/registrar/courses';

function courseEvent<Change extends string>(change: Change) {
  const type = `registrar.courses.course.${change}` as const;
  return { type, topic: courseTopic.name, source, schema: courseEventData };
}

/** A course was made. */
export const courseCreated = courseEvent('created');

/** A course was changed. */
export const courseUpdated = courseEvent('updated');

/** A course was cancelled, for good. */
export const courseCancelled = courseEvent('cancelled');

/** A semester was made or changed. */
export const semesterUpdated = {
  type: 'registrar.courses.semester.updated',
  topic: semesterTopic.name,
  source,
  schema: semesterEventData,
} as const;
