import type { CourseTemplate } from './message.ts';
import { courseInSubject, courseInText, meetingBlocks, scheduleAction } from './message.ts';

/** A seat came free and was given to the one who waited. */
export const promoted: CourseTemplate = (facts, linkBase) => ({
  subject: `You got a seat: ${courseInSubject(facts)}`,
  blocks: [
    `A seat became free, and you now have it: you are enrolled in ${courseInText(facts)}.`,
    ...meetingBlocks(facts),
    'What happens next: nothing more to do. If you no longer want the seat, drop the course soon, so that the next one on the waitlist gets it.',
  ],
  action: scheduleAction(linkBase),
});
