import { z } from 'zod';
import { timestamp } from './enrollment.ts';

/** Permits granted and requests declined, keyed by user id. A week is enough for messages. */
export const permitTopic = { name: 'enrollments.permit.v1', partitions: 3, retention: 604_800_000 } as const;

/** What a message about it needs, but for what somebody wrote: that is asked of this service when a message is made. */
const permitEventData = z.strictObject({
  /** The permit, or the request that was declined. */
  permitId: z.string(),
  userId: z.string(),
  courseId: z.string(),
  courseCode: z.string(),
  courseTitle: z.string(),
  section: z.string(),
  /** Until when a permit can be used; null without an end, and of a declined request. */
  expiresAt: timestamp.nullable(),
  /** Only in events of before: why a request was declined, in the words of who declined it; the note of a permit. */
  note: z.string().optional(),
  actorId: z.string(),
  occurredAt: timestamp,
});

/** Data of a permit event. */
export type PermitEventData = z.infer<typeof permitEventData>;

function permitEvent<Change extends 'granted' | 'declined'>(change: Change) {
  const type = `registrar.enrollments.permit.${change}` as const;
  return { type, topic: permitTopic.name, source: '/registrar/enrollments', schema: permitEventData };
}

/** A permit was granted. */
export const permitGranted = permitEvent('granted');

/** A request for a permit was declined. */
export const permitDeclined = permitEvent('declined');
