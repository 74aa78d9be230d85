import { passwordResetRequested } from '@registrar/contracts-gateway';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import type { PasswordReset } from './password-reset.ts';

/** The fact that a password reset was asked for; without its token. @param sequence the account's next, raised with it */
export function resetEntry(
  { id, userId, expiresAt }: PasswordReset,
  sequence: number,
  now: Date,
): OutboxEntry {
  const event = makeEvent(passwordResetRequested, {
    id: newId('evt'),
    subject: userId,
    time: now,
    data: { resetId: id, userId, expiresAt: new Date(expiresAt).toISOString() },
  });
  return outboxEntry({
    topic: passwordResetRequested.topic,
    key: userId,
    sequence,
    events: [event],
    now: now.getTime(),
  });
}
