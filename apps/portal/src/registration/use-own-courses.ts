import { useMemo } from 'react';
import { useApi } from '../api/queries.ts';
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
}

const none: OwnCourses = { byCourse: new Map(), enrollments: [], seated: [] };

/** The reader's own courses of a semester; nothing while they are not known. */
export function useOwnCourses(semesterId: string | undefined): OwnCourses {
  const { data: enrollments } = useOwnEnrollments(semesterId);
  const seatedIds = useMemo(
    () => (enrollments ?? []).filter(hasSeat).map(({ courseId }) => courseId),
    [enrollments],
  );
  const { data: courses } = useCoursesById(seatedIds);
  return useMemo(() => {
    if (enrollments === undefined) return none;
    const current = enrollments.filter(
      ({ status }) => !['dropped', 'withdrawn', 'cancelled'].includes(status),
    );
    return {
      byCourse: new Map(current.map((enrollment) => [enrollment.courseId, enrollment])),
      enrollments,
      seated: seatedIds.flatMap((id) => courses?.get(id) ?? []),
    };
  }, [enrollments, courses, seatedIds]);
}

/** Own courses, but itself, that meet when that course meets. */
export function ownClashes(course: Course, { seated }: OwnCourses): Course[] {
  return seated.filter((own) => own.id !== course.id && clashesOf(course.meetings, own.meetings).length > 0);
}

function hasSeat({ status }: Enrollment): boolean {
  return status === 'enrolled' || status === 'completed';
}

/** Codes that the reader has completed, in any semester; undefined while they are not known. */
export function useCompletedCodes(): ReadonlySet<string> | undefined {
  const { status } = useSession();
  const query = { status: 'completed', limit: 100 } as const;
  const { data } = useApi('GET /api/enrollments/me', { query }, { enabled: status === 'signed-in' });
  return useMemo(() => data && new Set(data.items.map(({ courseCode }) => courseCode)), [data]);
}
