import { z } from 'zod';
import { timestamp } from './enrollment.ts';
import { holdBlocks } from './holds.ts';

/** Holds on students, keyed by user id. Whether one is active is asked of this service: a week is enough for messages. */
export const holdTopic = { name: 'enrollments.hold.v1', partitions: 3, retention: 604_800_000 } as const;

/** A hold that was placed or released. The reason is not here: it is between the student and the office. */
const holdEventData = z.strictObject({
  holdId: z.string(),
  userId: z.string(),
  office: z.string(),
  blocks: z.array(holdBlocks),
  actorId: z.string(),
  occurredAt: timestamp,
});

/** Data of a hold event. */
export type HoldEventData = z.infer<typeof holdEventData>;

/** The event of one change of a hold. */
function holdEvent<Change extends 'placed' | 'released'>(change: Change) {
  const type = `registrar.enrollments.hold.${change}` as const;
  return { type, topic: holdTopic.name, source: '/registrar/enrollments', schema: holdEventData };
}

/** A hold was placed: it is in force. */
export const holdPlaced = holdEvent('placed');

/** A hold was released. */
export const holdReleased = holdEvent('released');
