import type { Offering, SemesterRules } from '../enrollment.types.ts';

/** An item of the `offerings` table. */
export interface OfferingItem {
  course_id: string;
  semester_id: string;
  code: string;
  section: string;
  title: string;
  credits: number;
  instructor_ids: string[];
  meetings: Offering['meetings'];
  prerequisites: string[];
  version: number;
}

/** The offering that an item holds. */
export function offeringOf(item: OfferingItem): Offering {
  return {
    courseId: item.course_id,
    semesterId: item.semester_id,
    code: item.code,
    section: item.section,
    title: item.title,
    credits: item.credits,
    instructorIds: item.instructor_ids,
    meetings: item.meetings,
    prerequisites: item.prerequisites,
    version: item.version,
  };
}

/** The item of an offering. */
export function offeringItem(offering: Offering): OfferingItem {
  return {
    course_id: offering.courseId,
    semester_id: offering.semesterId,
    code: offering.code,
    section: offering.section,
    title: offering.title,
    credits: offering.credits,
    instructor_ids: offering.instructorIds,
    meetings: offering.meetings,
    prerequisites: offering.prerequisites,
    version: offering.version,
  };
}

/** An item of the `semesters` table. */
export interface SemesterItem {
  id: string;
  enrollment_opens_at: string;
  enrollment_closes_at: string;
  drop_deadline_at: string;
  withdraw_deadline_at: string;
  credit_limit: number;
  version: number;
  schedule_version: number;
}

/** The semester that an item holds. */
export function semesterOf(item: SemesterItem): SemesterRules {
  return {
    id: item.id,
    enrollmentOpensAt: item.enrollment_opens_at,
    enrollmentClosesAt: item.enrollment_closes_at,
    dropDeadlineAt: item.drop_deadline_at,
    withdrawDeadlineAt: item.withdraw_deadline_at,
    creditLimit: item.credit_limit,
    version: item.version,
    scheduleVersion: item.schedule_version,
  };
}
