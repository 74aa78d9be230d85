import type { PermitTemplate } from './message.ts';
import { courseAction, courseInSubject, courseInText } from './message.ts';

/** A permit was granted: the student may enroll once although a rule says no. */
export const permitted: PermitTemplate = (facts, linkBase, campusTime) => ({
  subject: `Permit granted: ${courseInSubject(facts)}`,
  blocks: [
    `You have a permit for ${courseInText(facts)}.`,
    ...(facts.note === '' ? [] : [`Note with it: ${facts.note}`]),
    facts.expiresAt === null
      ? 'It can be used once.'
      : `It can be used once, until ${campusTime(facts.expiresAt)}.`,
    'What happens next: enroll in the course as usual. The permit is used automatically where it is needed; it is not a seat yet.',
  ],
  action: courseAction(facts, linkBase),
});
