import { rowCodec } from '@registrar/dynamodb';
import type { Offering, SemesterRules } from '../enrollment.types.ts';

/** Attributes that items of before do not have. */
type Later =
  | 'component'
  | 'topic'
  | 'requirement'
  | 'restriction'
  | 'dropDeadlineAt'
  | 'withdrawDeadlineAt'
  | 'consent'
  | 'minCredits'
  | 'linked'
  | 'classId';

const offeringRow = rowCodec<Omit<Offering, Later>>()({
  courseId: 'course_id',
  semesterId: 'semester_id',
  code: 'code',
  section: 'section',
  title: 'title',
  credits: 'credits',
  instructorIds: 'instructor_ids',
  meetings: 'meetings',
  prerequisites: 'prerequisites',
  version: 'version',
});

/** An item of the `offerings` table. */
export type OfferingItem = ReturnType<typeof offeringRow.toItem> &
  Partial<Pick<Offering, 'component' | 'topic' | 'requirement' | 'restriction' | 'consent' | 'linked'>> & {
    min_credits?: number;
    /** The class's course, where it is another. */
    cross_listed_of?: string;
    drop_deadline_at?: string | null;
    withdraw_deadline_at?: string | null;
  };

/** The offering that an item holds. */
export function offeringOf(item: OfferingItem): Offering {
  const { component = 'lecture', topic = null, requirement = null, restriction = null } = item;
  const { drop_deadline_at: dropDeadlineAt = null, withdraw_deadline_at: withdrawDeadlineAt = null } = item;
  const { consent = 'none', linked = [], min_credits: minCredits = null } = item;
  const later = { component, topic, requirement, restriction, dropDeadlineAt, withdrawDeadlineAt };
  const classId = item.cross_listed_of ?? item.course_id;
  return { ...offeringRow.fromItem(item), classId, ...later, consent, linked, minCredits };
}

/** The item of an offering. */
export function offeringItem(offering: Offering): OfferingItem {
  const { component, topic, requirement, restriction, dropDeadlineAt, withdrawDeadlineAt } = offering;
  return {
    ...offeringRow.toItem(offering),
    component,
    topic,
    requirement,
    restriction,
    ...(offering.consent !== 'none' && { consent: offering.consent }),
    ...(offering.linked.length > 0 && { linked: offering.linked }),
    ...(offering.minCredits !== null && { min_credits: offering.minCredits }),
    ...(offering.classId !== offering.courseId && { cross_listed_of: offering.classId }),
    drop_deadline_at: dropDeadlineAt,
    withdraw_deadline_at: withdrawDeadlineAt,
  };
}

const semesterRow = rowCodec<Omit<SemesterRules, 'tickets' | 'pausedAt'>>()({
  id: 'id',
  enrollmentOpensAt: 'enrollment_opens_at',
  enrollmentClosesAt: 'enrollment_closes_at',
  dropDeadlineAt: 'drop_deadline_at',
  withdrawDeadlineAt: 'withdraw_deadline_at',
  creditLimit: 'credit_limit',
  version: 'version',
  scheduleVersion: 'schedule_version',
});

/** An item of the `semesters` table. */
export type SemesterItem = ReturnType<typeof semesterRow.toItem> &
  Partial<Pick<SemesterRules, 'tickets'>> & { paused_at?: string | null };

/** The semester that an item holds. */
export function semesterOf(item: SemesterItem): SemesterRules {
  const { tickets = [], paused_at: pausedAt = null } = item;
  return { ...semesterRow.fromItem(item), tickets, pausedAt };
}
