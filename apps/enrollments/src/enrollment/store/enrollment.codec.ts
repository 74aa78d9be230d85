import { rowCodec } from '@registrar/dynamodb';
import type { EnrollmentRecord, PassedOver, StudentSemester, WaitlistPlace } from '../enrollment.types.ts';
import type { PendingMark } from './seats.codec.ts';

/** Attributes that the item has only while there is such a thing. */
type Passing = 'ticket' | 'grade' | 'reservation' | 'dropOnPromotion';

/** The class is the key of the index, so that it has all codes together. */
const enrollmentRow = rowCodec<Omit<EnrollmentRecord, Passing | 'courseId'>>()({
  id: 'id',
  userId: 'user_id',
  classId: 'course_id',
  semesterId: 'semester_id',
  courseCode: 'course_code',
  courseTitle: 'course_title',
  credits: 'credits',
  status: 'status',
  enrolledAt: 'enrolled_at',
  updatedAt: 'updated_at',
  version: 'version',
  history: 'history',
});

/** An item of the `enrollments` table; `ticket` only while the student waits, `grade` where one was given. */
export type EnrollmentItem = ReturnType<typeof enrollmentRow.toItem> & {
  /** The course that it is in, where that is another code for the class. */
  code_course_id?: string;
  ticket?: number;
  grade?: string;
  reservation?: string;
  drop_on_promotion?: string;
};

/** The enrollment that an item holds. */
export function enrollmentOf(item: EnrollmentItem): EnrollmentRecord {
  const { ticket = null, grade = null, reservation = null, drop_on_promotion: dropOnPromotion = null } = item;
  const courseId = item.code_course_id ?? item.course_id;
  return { ...enrollmentRow.fromItem(item), courseId, ticket, grade, reservation, dropOnPromotion };
}

/** The item of an enrollment. */
export function enrollmentItem(record: EnrollmentRecord): EnrollmentItem {
  const { courseId, classId, ticket, grade, reservation, dropOnPromotion } = record;
  return {
    ...enrollmentRow.toItem(record),
    ...(courseId !== classId && { code_course_id: courseId }),
    ...(ticket !== null && { ticket }),
    ...(grade !== null && { grade }),
    ...(reservation !== null && { reservation }),
    ...(dropOnPromotion !== null && { drop_on_promotion: dropOnPromotion }),
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

/** Sort key, among a student's semesters, of the item in which earlier versions listed the codes of completed courses. */
export const completedKey = '#completed';

const placeRow = rowCodec<Omit<WaitlistPlace, 'codeId' | 'passedOver'>>()({
  courseId: 'course_id',
  ticket: 'ticket',
  userId: 'user_id',
  isNotified: 'told',
});

/** An item of the `waitlist` table. */
export type WaitlistItem = ReturnType<typeof placeRow.toItem> & {
  code_course_id?: string;
  passed_over?: PassedOver;
};

/** The place that an item holds. */
export function placeOf(item: WaitlistItem): WaitlistPlace {
  const { code_course_id: codeId, passed_over: passedOver = null } = item;
  return { ...placeRow.fromItem(item), ...(codeId !== undefined && { codeId }), passedOver };
}

/** The item of a place. */
export function placeItem(place: WaitlistPlace): WaitlistItem {
  const { codeId, passedOver } = place;
  return {
    ...placeRow.toItem(place),
    ...(codeId !== undefined && { code_course_id: codeId }),
    ...(passedOver && { passed_over: passedOver }),
  };
}
