import type { Message } from './message.ts';

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** The password was changed, or reset by a link. @param atMs when, milliseconds since the epoch */
export function passwordChanged(atMs: number, linkBase: string): Message {
  return {
    subject: 'Your password was changed',
    blocks: [
      `The password of your account was changed on ${moment.format(atMs)} UTC, and you were signed out everywhere else.`,
      'If it was you, there is nothing to do.',
      "If it was not you, somebody else can sign in as you: ask for a new password now, and tell the registrar's office.",
    ],
    action: { label: 'Ask for a new password', url: `${linkBase}/reset-password` },
  };
}
