import type { CourseTemplate } from './message.ts';
import { actorBlocks, courseInSubject, courseInText, meetingBlocks, scheduleAction } from './message.ts';

/** A seat was taken. */
export const enrolled: CourseTemplate = (facts, linkBase) => ({
  subject: `Enrolled: ${courseInSubject(facts)}`,
  blocks: [
    `You have a seat in ${courseInText(facts)}.`,
    ...actorBlocks(facts),
    ...meetingBlocks(facts),
    'What happens next: nothing more to do. The seat is yours. If your plans change, drop the course before the drop deadline, so that someone who waits gets the seat.',
  ],
  action: scheduleAction(linkBase),
});
