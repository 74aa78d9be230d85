import { sessionRevoked, userErased, userRegistered, userUpdated } from '@registrar/contracts-gateway';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import type { Revocation } from '../revocations/revocation.ts';
import { stateOf } from './user.ts';
import type { Account } from './user.ts';

/** The fact that an account was made (`version` 1) or changed. */
export function userEntry(account: Account, actorId: string, now: Date): OutboxEntry {
  const definition = account.version === 1 ? userRegistered : userUpdated;
  const event = makeEvent(definition, {
    id: newId('evt'),
    subject: account.id,
    time: now,
    data: { user: stateOf(account), actorId },
  });
  const { topic } = definition;
  return outboxEntry({
    topic,
    key: account.id,
    sequence: account.version,
    events: [event],
    now: now.getTime(),
  });
}

/** The fact that an account was erased: the last of its events. */
export function erasureEntry(account: Account, erasureId: string, now: Date): OutboxEntry {
  const { id: userId } = account;
  const version = account.version + 1;
  const event = makeEvent(userErased, {
    id: newId('evt'),
    subject: userId,
    time: now,
    data: { userId, erasureId, version },
  });
  return outboxEntry({
    topic: userErased.topic,
    key: userId,
    sequence: version,
    events: [event],
    now: now.getTime(),
  });
}

/** The fact that sessions ended before their time. @param sequence the account's next, raised with it */
export function revocationEntry({ at, ...revocation }: Revocation, sequence: number): OutboxEntry {
  const { userId, sessionId, reason, minVersion, exceptSessionId } = revocation;
  const time = new Date(at);
  const event = makeEvent(sessionRevoked, {
    id: newId('evt'),
    subject: userId,
    time,
    data: { userId, sessionId, notBefore: time.toISOString(), reason, minVersion, exceptSessionId },
  });
  return outboxEntry({
    topic: sessionRevoked.topic,
    key: userId,
    sequence,
    events: [event],
    now: at,
  });
}
