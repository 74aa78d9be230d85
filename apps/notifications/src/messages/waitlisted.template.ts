import type { CourseTemplate } from './message.ts';
import { actorBlocks, courseAction, courseInSubject, courseInText, meetingBlocks } from './message.ts';

/** The course is full; a place on its waitlist was taken. */
export const waitlisted: CourseTemplate = (facts, linkBase) => ({
  subject: `On the waitlist: ${courseInSubject(facts)}`,
  blocks: [
    `All seats of ${courseInText(facts)} are taken. ${place(facts.waitlistPosition)}`,
    ...actorBlocks(facts),
    ...meetingBlocks(facts),
    'What happens next: when a seat becomes free, the first on the waitlist whose schedule has room gets it. You will be told at once; there is nothing to do until then.',
  ],
  action: courseAction(facts, linkBase),
});

function place(position: number | null): string {
  return position === null ? 'You are on the waitlist.' : `You are number ${position} on the waitlist.`;
}
