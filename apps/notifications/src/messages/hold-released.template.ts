import type { HoldFacts, HoldTemplate } from './message.ts';
import { holdsAction, officeInSubject } from './hold-words.rules.ts';

/** A hold is over. Another one may still be in force. */
export const holdReleased: HoldTemplate = (facts, linkBase, campusTime) => ({
  subject: `Hold released: ${officeInSubject(facts)}`,
  blocks: [
    `The hold that ${facts.office} placed on your account was released on ${campusTime(facts.occurredAt)}.`,
    `It no longer stops you from ${stopped(facts)}.`,
    'What to do: nothing more, unless another hold is in force. Then talk to the office that placed that one.',
  ],
  action: holdsAction(linkBase),
  isAlwaysMailed: true,
});

function stopped({ blocks }: HoldFacts): string {
  const [enroll, drop] = [blocks.includes('enroll'), blocks.includes('drop')];
  if (enroll && drop) return 'taking and dropping courses';
  return drop ? 'dropping courses' : 'taking courses';
}
