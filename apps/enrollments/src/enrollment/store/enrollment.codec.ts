import type { EnrollmentRecord, StudentSemester, WaitlistPlace } from '../enrollment.types.ts';
import type { PendingMark } from './seats.codec.ts';

/** An item of the `enrollments` table. */
export interface EnrollmentItem {
  id: string;
  user_id: string;
  course_id: string;
  semester_id: string;
  course_code: string;
  course_title: string;
  credits: number;
  status: EnrollmentRecord['status'];
  ticket?: number;
  enrolled_at: string;
  updated_at: string;
  version: number;
  history: EnrollmentRecord['history'];
}

/** The enrollment that an item holds. */
export function enrollmentOf(item: EnrollmentItem): EnrollmentRecord {
  return {
    id: item.id,
    userId: item.user_id,
    courseId: item.course_id,
    semesterId: item.semester_id,
    courseCode: item.course_code,
    courseTitle: item.course_title,
    credits: item.credits,
    status: item.status,
    ticket: item.ticket ?? null,
    enrolledAt: item.enrolled_at,
    updatedAt: item.updated_at,
    version: item.version,
    history: item.history,
  };
}

/** The item of an enrollment. */
export function enrollmentItem(record: EnrollmentRecord): EnrollmentItem {
  return {
    id: record.id,
    user_id: record.userId,
    course_id: record.courseId,
    semester_id: record.semesterId,
    course_code: record.courseCode,
    course_title: record.courseTitle,
    credits: record.credits,
    status: record.status,
    ...(record.ticket !== null && { ticket: record.ticket }),
    enrolled_at: record.enrolledAt,
    updated_at: record.updatedAt,
    version: record.version,
    history: record.history,
  };
}

/** An item of the `student_semesters` table. */
export interface StudentSemesterItem {
  user_id: string;
  semester_id: string;
  version: number;
  entries: StudentSemester['entries'];
  pending_shard?: string;
  pending_at?: number;
}

/** What a student has in a semester; nothing yet where there is no item. */
export function studentSemesterOf(
  item: StudentSemesterItem | undefined,
  userId: string,
  semesterId: string,
): StudentSemester {
  const retryDue = item?.pending_shard !== undefined;
  return { userId, semesterId, version: item?.version ?? 0, entries: item?.entries ?? [], retryDue };
}

/** The item of a student's semester; `pending` has the student's waiting places judged again. */
export function studentSemesterItem(
  student: StudentSemester,
  pending: PendingMark | undefined,
): StudentSemesterItem {
  return {
    user_id: student.userId,
    semester_id: student.semesterId,
    version: student.version,
    entries: student.entries,
    ...(pending && { pending_shard: pending.shard, pending_at: pending.at }),
  };
}

/** Sort key, among a student's semesters, of the one item that lists all completed courses. */
export const completedKey = '#completed';

/** An item of the `waitlist` table. */
export interface WaitlistItem {
  course_id: string;
  ticket: number;
  user_id: string;
  told: boolean;
}

/** The place that an item holds. */
export function placeOf(item: WaitlistItem): WaitlistPlace {
  return { courseId: item.course_id, ticket: item.ticket, userId: item.user_id, isNotified: item.told };
}

/** The item of a place. */
export function placeItem(place: WaitlistPlace): WaitlistItem {
  return { course_id: place.courseId, ticket: place.ticket, user_id: place.userId, told: place.isNotified };
}
