import { useMemo } from 'react';
import type { Read } from '../api/queries.ts';
import { isSettled } from '../api/queries.ts';
import { useSession } from '../app/session-hooks.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Enrollment } from './own-enrollments.ts';
import { useOwnEnrollments } from './own-enrollments.ts';
import { clashesOf } from './clash.rules.ts';

/** The reader's standing in the courses of a semester. */
export interface OwnCourses {
  /** Not ended, by course. */
  readonly byCourse: ReadonlyMap<string, Enrollment>;
  /** All of the semester, ended ones too. */
  readonly enrollments: readonly Enrollment[];
  /** Courses that the reader has a seat in. */
  readonly seated: readonly Course[];
  /** These, and those that the reader waits for, by id. */
  readonly courses: ReadonlyMap<string, Course>;
  /** All of this has been read, or cannot be, or there is no session. */
  readonly isSettled: boolean;
  readonly read: Read<readonly Enrollment[]>;
}

const none = { byCourse: new Map(), enrollments: [], seated: [], courses: new Map() };

/** The reader's own courses of a semester; nothing while they are not known. */
export function useOwnCourses(semesterId: string | undefined): OwnCourses {
  const read = useOwnEnrollments(semesterId);
  return { ...useStanding(read), read };
}

function useStanding(read: Read<readonly Enrollment[]>): Omit<OwnCourses, 'read'> {
  const { status } = useSession();
  const enrollments = read.data;
  const currentIds = useMemo(
    () => (enrollments ?? []).filter(isCurrent).map(({ courseId }) => courseId),
    [enrollments],
  );
  const coursesRead = useCoursesById(currentIds);
  const courses = coursesRead.data;
  const isKnown = status !== 'starting' && isSettled(read) && isSettled(coursesRead);
  return useMemo(() => {
    if (enrollments === undefined) return { ...none, isSettled: isKnown };
    const current = enrollments.filter(isCurrent);
    return {
      byCourse: new Map(current.map((enrollment) => [enrollment.courseId, enrollment])),
      enrollments,
      seated: current.filter(hasSeat).flatMap(({ courseId }) => courses?.get(courseId) ?? []),
      courses: courses ?? none.courses,
      isSettled: isKnown,
    };
  }, [enrollments, courses, isKnown]);
}

/** Own courses, but itself, that meet when that course meets. */
export function ownClashes(
  course: Pick<Course, 'id' | 'meetings'>,
  { seated }: Pick<OwnCourses, 'seated'>,
): Course[] {
  return seated.filter((own) => own.id !== course.id && clashesOf(course.meetings, own.meetings).length > 0);
}

function isCurrent({ status }: Enrollment): boolean {
  return !['dropped', 'withdrawn', 'cancelled'].includes(status);
}

function hasSeat({ status }: Enrollment): boolean {
  return status === 'enrolled' || status === 'completed';
}
