import { enrollmentEvent, enrollmentTopic } from '@registrar/contracts-enrollments';
import type { EnrollmentChange } from '@registrar/contracts-enrollments';
import { makeEvent, outboxEntry } from '@registrar/messaging';
import type { CloudEvent, OutboxEntry } from '@registrar/messaging';
import { newId, traceparentOf } from '@registrar/service';
import type { Trace } from '@registrar/service';
import { enrollmentView } from '../../enrollment/answers.ts';
import type { CoursePlan, PlannedEvent } from '../planning/course-plan.ts';

const definitions = new Map<EnrollmentChange, ReturnType<typeof enrollmentEvent>>();

function definitionOf(change: EnrollmentChange) {
  const known = definitions.get(change) ?? enrollmentEvent(change);
  definitions.set(change, known);
  return known;
}

/** When a commit is made, and whose requests it answers. */
export interface CommitMoment {
  nowMs: number;
  /** Traces of the requests by student; what a commit does beyond them belongs to what runs now. */
  traces?: ReadonlyMap<string, Trace>;
}

/** All events of a class in one commit, as one entry of the outbox; undefined where nothing happened. */
export function outboxOf(course: CoursePlan, moment: CommitMoment): OutboxEntry | undefined {
  const [first] = course.events;
  if (!first) return undefined;
  const events = course.events.map((event) => cloudEvent(event, moment));
  return outboxEntry({
    topic: enrollmentTopic.name,
    key: course.before.courseId,
    sequence: first.sequence,
    events,
    now: moment.nowMs,
  });
}

function cloudEvent(event: PlannedEvent, { nowMs, traces }: CommitMoment): CloudEvent {
  const { courseId, classId, section, meetings } = event.offering;
  const time = new Date(nowMs);
  const trace = traces?.get(event.enrollment.userId);
  return makeEvent(definitionOf(event.change), {
    id: newId('evt'),
    subject: event.enrollment.id,
    time,
    ...(trace && { traceparent: traceparentOf(trace) }),
    data: {
      enrollment: enrollmentView(event.enrollment, event.waitlistPosition),
      course: { section, meetings },
      ...(classId !== courseId && { classId }),
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
