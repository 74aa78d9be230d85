import { courseCancelled, courseCreated, courseUpdated } from '@registrar/contracts-courses';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import type { PendingCourseChange } from '../catalogue/course.codec.ts';

const events = { created: courseCreated, updated: courseUpdated, cancelled: courseCancelled };

/** What the commit of a change publishes: the whole course, its version being the sequence. */
export function eventEntry({ state, change, actorId }: PendingCourseChange): OutboxEntry {
  const event = makeEvent(events[change], {
    id: newId('evt'),
    subject: state.id,
    time: new Date(state.updatedAt),
    data: { course: state, actorId },
  });
  const { topic } = events[change];
  return outboxEntry({ topic, key: state.id, sequence: state.version, events: [event], now: Date.now() });
}
