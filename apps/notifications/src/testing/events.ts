import type {
  EnrollmentChange,
  EnrollmentEventData,
  HoldEventData,
  PermitEventData,
} from '@registrar/contracts-enrollments';
import {
  enrollmentEvent,
  holdPlaced,
  holdReleased,
  permitDeclined,
  permitGranted,
} from '@registrar/contracts-enrollments';
import type { CloudEvent } from '@registrar/messaging';
import { makeEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';

/** What an enrollment event of the tests may differ in. */
export interface EnrollmentEventParts {
  change?: EnrollmentChange;
  id?: string;
  userId?: string;
  courseId?: string;
  title?: string;
  at?: Date;
  data?: Partial<EnrollmentEventData>;
}

/** An enrollment event as the enrollments service publishes it. */
export function enrollmentEventOf(parts: EnrollmentEventParts = {}): CloudEvent<EnrollmentEventData> {
  const { change = 'enrolled', userId = newId('usr'), courseId = newId('crs'), at = new Date() } = parts;
  const time = at.toISOString();
  const id = `enr_${courseId.slice(4)}_${userId.slice(4)}`;
  const data: EnrollmentEventData = {
    enrollment: {
      id,
      userId,
      courseId,
      semesterId: '2027-spring',
      courseCode: 'CS 101',
      courseTitle: parts.title ?? 'Introduction to Programming',
      credits: 3,
      status: change === 'waitlisted' || change === 'passed-over' ? 'waitlisted' : 'enrolled',
      waitlistPosition: change === 'waitlisted' ? 2 : null,
      enrolledAt: time,
      updatedAt: time,
      version: 1,
    },
    course: { section: '1', meetings: [{ day: 'mon', start: '09:00', end: '10:30', room: 'Hall 1' }] },
    counts: { capacity: 100, enrolledCount: 1, waitlistedCount: 0, seatsAvailable: 99 },
    sequence: 1,
    studentVersion: 1,
    actorId: userId,
    actorRole: 'student',
    reason: null,
    override: [],
    occurredAt: time,
    ...parts.data,
  };
  return makeEvent(enrollmentEvent(change), { id: parts.id ?? newId('evt'), subject: id, time: at, data });
}

/** A hold event as the enrollments service publishes it. */
export function holdEventOf(
  change: 'placed' | 'released',
  parts: Partial<HoldEventData> & { at?: Date } = {},
): CloudEvent<HoldEventData> {
  const { at = new Date(), ...more } = parts;
  const data: HoldEventData = {
    holdId: newId('hld'),
    userId: newId('usr'),
    office: "Bursar's Office",
    blocks: ['enroll'],
    actorId: 'usr_registrar',
    occurredAt: at.toISOString(),
    ...more,
  };
  const definition = change === 'placed' ? holdPlaced : holdReleased;
  return makeEvent(definition, { id: newId('evt'), subject: data.holdId, time: at, data });
}

/** A permit event as the enrollments service publishes it. */
export function permitEventOf(
  change: 'granted' | 'declined',
  parts: Partial<PermitEventData> & { at?: Date } = {},
): CloudEvent<PermitEventData> {
  const { at = new Date(), ...more } = parts;
  const data: PermitEventData = {
    permitId: newId(change === 'granted' ? 'pmt' : 'prq'),
    userId: newId('usr'),
    courseId: newId('crs'),
    courseCode: 'CS 101',
    courseTitle: 'Introduction to Programming',
    section: '2',
    expiresAt: null,
    note: '',
    actorId: 'usr_instructor',
    occurredAt: at.toISOString(),
    ...more,
  };
  const definition = change === 'granted' ? permitGranted : permitDeclined;
  return makeEvent(definition, { id: newId('evt'), subject: data.permitId, time: at, data });
}
