import { isCurrent } from '../enrollment/student-entries.rules.ts';
import { mayLack } from '../enrollment/student-entries.rules.ts';
import type { EnrollmentItem, StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';

/** How enrollments as read compare with what their student's semesters say. */
interface OwnState {
  /** Ids of those that are missing, or older than their semester. */
  behind: string[];
  /** Whether any of them is newer than its semester. */
  isNewer: boolean;
}

/** Compares the enrollments of a student, by id, with the semesters: they are of one state where nothing is behind or ahead. */
export function ownStateOf(
  semesters: readonly StudentSemesterItem[],
  shown: ReadonlyMap<string, EnrollmentItem>,
): OwnState {
  const entries = semesters.flatMap((semester) => semester.entries ?? []);
  const named = new Map(entries.map(({ enrollmentId, version }) => [enrollmentId, version]));
  const behind = entries.filter(
    ({ enrollmentId, version }) => (shown.get(enrollmentId)?.version ?? 0) < version,
  );
  const isNewer = [...shown.values()].some((item) => {
    const version = named.get(item.id);
    return version === undefined ? !mayBeUnnamed(item, semesters) : item.version > version;
  });
  return { behind: behind.map(({ enrollmentId }) => enrollmentId), isNewer };
}

function mayBeUnnamed({ semester_id, status }: EnrollmentItem, semesters: readonly StudentSemesterItem[]) {
  const semester = semesters.find((each) => each.semester_id === semester_id);
  return !isCurrent({ status }) && mayLack(semester?.entries ?? []);
}
