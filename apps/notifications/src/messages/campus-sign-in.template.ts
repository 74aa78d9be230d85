import type { Message } from './message.ts';

/** A new password was asked for, for an account that has none: its owner signs in by the campus. */
export function campusSignIn(link: string): Message {
  return {
    subject: 'Sign in by the campus',
    blocks: [
      'Somebody, most likely you, asked for a new password for your account. It has none: you sign in by the campus.',
      'What happens next: open the sign-in page and choose the campus. A forgotten campus password is reset there.',
      'If it was not you, do nothing: nothing has changed.',
    ],
    action: { label: 'Go to the sign-in page', url: link },
  };
}
