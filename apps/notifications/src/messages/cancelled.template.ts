import type { CourseTemplate } from './message.ts';
import { courseInSubject, courseInText } from './message.ts';

/** The course does not take place. */
export const cancelled: CourseTemplate = (facts, linkBase) => ({
  subject: `Cancelled: ${courseInSubject(facts)}`,
  blocks: [
    `${courseInText(facts)} has been cancelled and will not take place. Your place in it has ended.`,
    'What happens next: its credits and times no longer count for you, so there is room for another course in your schedule.',
  ],
  action: { label: 'Find another course', url: `${linkBase}/courses` },
});
