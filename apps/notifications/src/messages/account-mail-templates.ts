import type { AccountMail } from '@registrar/contracts-gateway';
import type { Message } from './message.ts';

/** Mails about an account. `link` may be a secret: it is in this mail and nowhere else. */
export const accountMailTemplates: Readonly<Record<AccountMail['kind'], (link: string) => Message>> = {
  confirm_email: (link) => ({
    subject: 'Confirm your email',
    blocks: [
      'Somebody, most likely you, asked for an account with this email.',
      'What happens next: open the link within 24 hours. Your account is made then, and you can sign in.',
      'If it was not you, do nothing: there will be no account.',
    ],
    action: { label: 'Confirm this email', url: link },
    isAlwaysMailed: true,
  }),
  email_taken: (link) => ({
    subject: 'You have an account already',
    blocks: [
      'Somebody, most likely you, tried to make an account with this email. You have one already, so nothing was made or changed.',
      'If it was you: sign in, or ask for a new password there.',
      'If it was not you, there is nothing to do.',
    ],
    action: { label: 'Sign in', url: link },
    isAlwaysMailed: true,
  }),
  sign_in_link: (link) => ({
    subject: 'Your account needs a new password',
    blocks: [
      'Somebody just signed in with your password. It was right, but 100 attempts in a row had failed before, so the password alone is not enough any more.',
      'If it was you: open the link within 30 minutes and choose a new password. It works once, and you can sign in with the new one at once.',
      'If it was not you, somebody knows your password: choose a new one all the same.',
    ],
    action: { label: 'Choose a new password', url: link },
    isAlwaysMailed: true,
  }),
};
