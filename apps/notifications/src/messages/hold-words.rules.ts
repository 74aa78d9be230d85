import type { HoldFacts, Message } from './message.ts';
import { oneLine } from './plain-text.rules.ts';

/** Longest name of an office in a message. */
export const maxOfficeLength = 100;

const maxOfficeInSubject = 80;

/** The office, short enough for a subject. */
export function officeInSubject({ office }: HoldFacts): string {
  return oneLine(office, maxOfficeInSubject);
}

/** The link to the page that shows one's own holds. */
export function holdsAction(linkBase: string): NonNullable<Message['action']> {
  return { label: 'See your holds', url: `${linkBase}/` };
}
