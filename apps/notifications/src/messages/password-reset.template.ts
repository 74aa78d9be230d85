import type { Message } from './message.ts';

/** A password reset was asked for. `link` is a secret: it is in this mail and nowhere else. */
export function passwordReset(link: string): Message {
  return {
    subject: 'Reset your password',
    blocks: [
      'Somebody, most likely you, asked for a new password for your account.',
      'What happens next: open the link within 30 minutes and choose a new password. It works once.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
    action: { label: 'Choose a new password', url: link },
  };
}
