import type { HoldFacts, HoldTemplate } from './message.ts';
import { holdsAction, officeInSubject } from './hold-words.rules.ts';

/** An office stopped a student from taking or dropping courses. */
export const holdPlaced: HoldTemplate = (facts, linkBase, campusTime) => ({
  subject: `Hold placed: ${officeInSubject(facts)}`,
  blocks: [
    `${facts.office} placed a hold on your account on ${campusTime(facts.occurredAt)}.`,
    `Until it is released, ${consequence(facts)}.`,
    `What to do: talk to ${facts.office}. It can tell you why there is a hold, and have it released.`,
  ],
  action: holdsAction(linkBase),
  isAlwaysMailed: true,
});

function consequence({ blocks }: HoldFacts): string {
  const [enroll, drop] = [blocks.includes('enroll'), blocks.includes('drop')];
  if (enroll && drop) return 'you can neither take courses nor drop them, and waitlists pass you over';
  if (drop) return 'you cannot drop courses or leave waitlists';
  return 'you cannot take courses, and waitlists pass you over. The courses that you have stay yours';
}
