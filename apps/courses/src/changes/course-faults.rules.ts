import type { CourseState, PatchCourseRequest, Semester } from '@registrar/contracts-courses';
import type { GradeScale, Requirement } from '@registrar/eligibility/rules';
import type { Fault } from '@registrar/service';

/** Deadlines that a course may have of its own; null: the semester's. */
type OwnDeadlines = Pick<CourseState, 'dropDeadlineAt' | 'withdrawDeadlineAt'>;

/** A fault for each least grade that has no rank on this campus. */
export function gradeFaults(requirement: Requirement | null | undefined, scale: GradeScale): Fault[] {
  return requirement ? gradeFaultsAt('requirement', requirement, scale) : [];
}

function gradeFaultsAt(path: string, requirement: Requirement, scale: GradeScale): Fault[] {
  if ('all' in requirement)
    return requirement.all.flatMap((part, at) => gradeFaultsAt(`${path}.all.${at}`, part, scale));
  if ('any' in requirement)
    return requirement.any.flatMap((part, at) => gradeFaultsAt(`${path}.any.${at}`, part, scale));
  const least = 'course' in requirement ? requirement.minGrade : undefined;
  if (least === undefined || scale.isRanked(least)) return [];
  const message = `"${least}" has no rank here. Use a grade of this campus that has one, or a mark from 0 to 100.`;
  return [{ path: `${path}.minGrade`, code: 'invalid_value', message }];
}

/** A fault for each date of a meeting that is outside of the semester. */
export function meetingFaults(
  meetings: CourseState['meetings'] | undefined,
  { startsOn, endsOn }: Pick<Semester, 'startsOn' | 'endsOn'>,
): Fault[] {
  return (meetings ?? []).flatMap((meeting, at) =>
    (['startsOn', 'endsOn'] as const).flatMap((field): Fault[] => {
      const date = meeting[field];
      if (date === undefined || (date >= startsOn && date <= endsOn)) return [];
      const message = `Give a date of the semester, from ${startsOn} to ${endsOn}.`;
      return [{ path: `meetings.${at}.${field}`, code: 'inconsistent', message }];
    }),
  );
}

/** Whether a request says something of the deadlines of a course. */
export function namesDeadline({ dropDeadlineAt, withdrawDeadlineAt }: PatchCourseRequest): boolean {
  return dropDeadlineAt !== undefined || withdrawDeadlineAt !== undefined;
}

/**
 * The fault of a drop deadline after the withdraw deadline, at what the request says; none where it says nothing of
 * them.
 *
 * @param before the course that is changed; without deadlines of its own where it is new
 * @param semester whose deadlines count where the course has none of its own
 */
export function deadlineFaults(
  asked: PatchCourseRequest,
  before: OwnDeadlines,
  semester: Pick<Semester, keyof OwnDeadlines>,
): Fault[] {
  if (!namesDeadline(asked)) return [];
  const { dropDeadlineAt = before.dropDeadlineAt, withdrawDeadlineAt = before.withdrawDeadlineAt } = asked;
  const drop = dropDeadlineAt ?? semester.dropDeadlineAt;
  const withdraw = withdrawDeadlineAt ?? semester.withdrawDeadlineAt;
  const hasOwn = dropDeadlineAt !== null || withdrawDeadlineAt !== null;
  if (!hasOwn || Date.parse(drop) <= Date.parse(withdraw)) return [];
  const path = faultyField(asked);
  const message = wordsOf(path, asked[path] === null, dropDeadlineAt === null || withdrawDeadlineAt === null);
  return [{ path, code: 'wrong_order', message }];
}

/** @param isCleared whether the course loses its own @param isAgainstSemester whether the other one is the semester's */
function wordsOf(path: keyof OwnDeadlines, isCleared: boolean, isAgainstSemester: boolean): string {
  const isDrop = path === 'dropDeadlineAt';
  const [name, other, order] = isDrop
    ? ['drop deadline', 'withdraw deadline', 'after']
    : ['withdraw deadline', 'drop deadline', 'before'];
  if (isCleared) return `The semester's ${name}, which then counts, is ${order} the ${other} of the course.`;
  const whose = isAgainstSemester ? 'semester' : 'course';
  return `The ${name} must not be ${order} the ${other} of the ${whose}.`;
}

/** Of the deadlines that a request names, the one that it sets rather than clears; of two the drop deadline. */
function faultyField(asked: PatchCourseRequest): keyof OwnDeadlines {
  const fields = ['dropDeadlineAt', 'withdrawDeadlineAt'] as const;
  const isSet = (field: keyof OwnDeadlines) => typeof asked[field] === 'string';
  return fields.find(isSet) ?? fields.find((field) => asked[field] !== undefined) ?? 'dropDeadlineAt';
}
