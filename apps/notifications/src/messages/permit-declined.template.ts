import type { PermitTemplate } from './message.ts';
import { courseAction, courseInSubject, courseInText } from './message.ts';

/** A request for a permit was declined. */
export const permitDeclined: PermitTemplate = (facts, linkBase) => ({
  subject: `Request declined: ${courseInSubject(facts)}`,
  blocks: [
    `Your request for a permit for ${courseInText(facts)} was declined.`,
    ...(facts.note === '' ? [] : [`Reason: ${facts.note}`]),
    'What happens next: nothing changes in your courses. If you have more to say, talk to the instructor, or ask again with it.',
  ],
  action: courseAction(facts, linkBase),
});
