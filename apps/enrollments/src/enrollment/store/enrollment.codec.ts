import { fromRow, toRow } from '@registrar/dynamodb';
import type { Row } from '@registrar/dynamodb';
import type { EnrollmentRecord, StudentSemester, WaitlistPlace } from '../enrollment.types.ts';
import type { PendingMark } from './seats.codec.ts';

/** An item of the `enrollments` table; `ticket` only while the student waits. */
export type EnrollmentItem = Omit<Row<EnrollmentRecord>, 'ticket'> & { ticket?: number };

/** The enrollment that an item holds. */
export function enrollmentOf(item: EnrollmentItem): EnrollmentRecord {
  return fromRow<EnrollmentRecord>({ ...item, ticket: item.ticket ?? null });
}

/** The item of an enrollment. */
export function enrollmentItem({ ticket, ...record }: EnrollmentRecord): EnrollmentItem {
  return { ...toRow(record), ...(ticket !== null && { ticket }) };
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
