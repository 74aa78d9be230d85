import { rowCodec } from '@registrar/dynamodb';
import type { Offering, SemesterRules } from '../enrollment.types.ts';

const offeringRow = rowCodec<Offering>()({
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
export type OfferingItem = ReturnType<typeof offeringRow.toItem>;

/** The offering that an item holds. */
export const offeringOf = (item: OfferingItem): Offering => offeringRow.fromItem(item);

/** The item of an offering. */
export const offeringItem = (offering: Offering): OfferingItem => offeringRow.toItem(offering);

const semesterRow = rowCodec<SemesterRules>()({
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
export type SemesterItem = ReturnType<typeof semesterRow.toItem>;

/** The semester that an item holds. */
export const semesterOf = (item: SemesterItem): SemesterRules => semesterRow.fromItem(item);
