import type { CampusTime } from '@registrar/campus';
import type { Message } from './message.ts';

/** The password was changed, or reset by a link. @param at when: RFC 3339, or milliseconds since the epoch */
export function passwordChanged(at: number | string, linkBase: string, campusTime: CampusTime): Message {
  return {
    subject: 'Your password was changed',
    blocks: [
      `The password of your account was changed on ${campusTime(at)}, and you were signed out everywhere else.`,
      'If it was you, there is nothing to do.',
      "If it was not you, somebody else can sign in as you: ask for a new password now, and tell the registrar's office.",
    ],
    action: { label: 'Ask for a new password', url: `${linkBase}/reset-password` },
  };
}
