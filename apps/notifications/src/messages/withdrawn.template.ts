import type { CourseTemplate } from './message.ts';
import { actorBlocks, courseInSubject, courseInText, scheduleAction } from './message.ts';

/** A seat was given up after the drop deadline. */
export const withdrawn: CourseTemplate = (facts, linkBase) => ({
  subject: `Withdrawn: ${courseInSubject(facts)}`,
  blocks: [
    `You have withdrawn from ${courseInText(facts)}.`,
    ...actorBlocks(facts),
    'What happens next: the drop deadline had passed, so the course stays on your record as withdrawn.',
  ],
  action: scheduleAction(linkBase),
});
