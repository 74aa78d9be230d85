import { accountMailRequested } from '@registrar/contracts-gateway';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';

/** The fact that a mail is to be sent; what it says is fetched by `mailId` then. @param times ms since the epoch */
export function accountMailEntry(mailId: string, times: { expiresAt: number; now: number }): OutboxEntry {
  const { expiresAt, now } = times;
  const id = newId('evt');
  const { topic } = accountMailRequested;
  const event = makeEvent(accountMailRequested, {
    id,
    subject: mailId,
    time: new Date(now),
    data: { mailId, expiresAt: new Date(expiresAt).toISOString() },
  });
  // Each mail is on its own: there is no order to keep.
  return outboxEntry({ topic, key: id, sequence: 1, events: [event], now });
}
