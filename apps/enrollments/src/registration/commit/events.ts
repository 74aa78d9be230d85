import { enrollmentEvent, enrollmentTopic } from '@registrar/contracts-enrollments';
import type { EnrollmentChange } from '@registrar/contracts-enrollments';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { CloudEvent, OutboxEntry } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { enrollmentView } from '../answers.ts';
import type { CourseDraft, PlannedEvent } from '../draft/course-draft.ts';
import type { Offering } from '../registration.types.ts';

const definitions = new Map<EnrollmentChange, ReturnType<typeof enrollmentEvent>>();

function definitionOf(change: EnrollmentChange) {
  const known = definitions.get(change) ?? enrollmentEvent(change);
  definitions.set(change, known);
  return known;
}

/** All events of a course in one commit, as one entry of the outbox; undefined where nothing happened. */
export function outboxOf(course: CourseDraft, nowMs: number): OutboxEntry | undefined {
  const [first] = course.events;
  if (!first) return undefined;
  const events = course.events.map((event) => cloudEvent(event, course.offering, nowMs));
  return outboxEntry({
    topic: enrollmentTopic.name,
    key: course.offering.courseId,
    sequence: first.sequence,
    events,
    now: nowMs,
  });
}

function cloudEvent(event: PlannedEvent, { section, meetings }: Offering, nowMs: number): CloudEvent {
  const time = new Date(nowMs);
  return makeEvent(definitionOf(event.change), {
    id: newId('evt'),
    subject: event.enrollment.id,
    time,
    data: {
      enrollment: enrollmentView(event.enrollment, event.waitlistPosition),
      course: { section, meetings },
      counts: event.counts,
      sequence: event.sequence,
      studentVersion: event.studentVersion,
      actorId: event.actor.id,
      actorRole: event.actor.role,
      reason: event.reason,
      override: event.override,
      occurredAt: time.toISOString(),
    },
  });
}
