import type { CourseTemplate } from './message.ts';
import { actorBlocks, courseAction, courseInSubject, courseInText } from './message.ts';

/** A seat or a place on the waitlist was given up in time. */
export const dropped: CourseTemplate = (facts, linkBase) => ({
  subject: `Dropped: ${courseInSubject(facts)}`,
  blocks: [
    `You are no longer in ${courseInText(facts)}.`,
    ...actorBlocks(facts),
    'What happens next: it does not count for your credits, and it does not show on your record. While enrollment is open you may ask for a seat again.',
  ],
  action: courseAction(facts, linkBase),
});
