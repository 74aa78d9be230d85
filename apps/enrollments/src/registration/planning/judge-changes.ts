import type { RefusalAnswer } from '@registrar/idempotency';
import { maxChanges } from '@registrar/contracts-enrollments';
import { validationFailed } from '@registrar/service';
import { courseNotFound, enrollmentNotFound } from '../../enrollment/answers.ts';
import type { Problem } from '../../enrollment/answers.ts';
import type { EnrollmentRecord, Offering } from '../../enrollment/enrollment.types.ts';
import { bundlesOf, impliedDrops } from '../../enrollment/links.rules.ts';
import type { ChangeSet } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import { applyDrop } from './judge-drop.ts';
import type { JudgedDrop } from './judge-drop.ts';
import { dropOf, judgeUnit, planOf } from './judge-unit.ts';
import type { JudgedUnit, Judging, JudgingContext, Unit } from './judge-unit.ts';
import { otherSemester } from './other-semester.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** What came of one entry of a change set. */
export interface EntryResult {
  action: 'add' | 'drop';
  courseId: string;
  /** As it is now; undefined where the entry is refused, or its part of the change is. */
  record: EnrollmentRecord | undefined;
  /** Whether the record is as it was. */
  isUnchanged: boolean;
  /** Where the student waits: the position. */
  waitlistPosition: number | null;
  /** In order; none where the entry is not refused. */
  problems: readonly Problem[];
}

/**
 * Judges a change set and applies to the plans what no rule stops. In mode `all` that is everything, judged together,
 * or nothing; in mode `each` the drops, then the adds, in their order, those that are linked to one another together.
 *
 * @returns a result for each entry, drops first, in their order; or the refusal of the whole where one of its courses
 * is not there, or the place to give up is not
 * @throws Problem 422 for courses of several semesters, and for more than ten changes with those that follow from links
 */
export function judgeChangeSet(
  set: ChangeSet,
  courses: ReadonlyMap<string, CoursePlan>,
  student: StudentPlan | undefined,
  context: JudgingContext,
): EntryResult[] | RefusalAnswer {
  const ownPlaces = [...set.drop.map(({ courseId }) => courseId), ...set.add.flatMap(dropOf)];
  if (ownPlaces.some((courseId) => !student?.enrollmentIn(courseId))) return enrollmentNotFound;
  if (!student || set.add.some(({ courseId }) => !isOffered(courses.get(courseId)))) return courseNotFound;
  requireOneSemester(set, courses);
  const judging = { set, courses, student, context };
  requireFew(judging);
  const results = unitsOf(judging).flatMap((unit) => settle(unit, judging));
  const order = [
    ...set.drop.map(({ courseId }) => `drop ${courseId}`),
    ...set.add.map(({ courseId }) => `add ${courseId}`),
  ];
  const placeOf = ({ action, courseId }: EntryResult) => order.indexOf(`${action} ${courseId}`);
  return results.sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * Courses that a set gives up beside those that it names: linked sections that end with theirs. In mode `each` what is
 * added keeps none of them, as it is judged later.
 */
export function impliedBy(
  set: Pick<ChangeSet, 'add' | 'drop'> & Partial<Pick<ChangeSet, 'mode'>>,
  student: Pick<StudentPlan, 'entries'>,
  lookup: (courseId: string) => Offering | undefined,
): string[] {
  const dropped = [...set.drop.map(({ courseId }) => courseId), ...set.add.flatMap(dropOf)];
  const added = set.mode === 'each' ? [] : set.add.map(({ courseId }) => courseId);
  return impliedDrops(dropped, student.entries, added, lookup).map(({ courseId }) => courseId);
}

function unitsOf({ set, courses }: Judging): Unit[] {
  if (set.mode === 'all') return [{ drops: set.drop, adds: set.add }];
  const ids = set.add.map(({ courseId }) => courseId);
  const bundles = bundlesOf(ids, (id) => courses.get(id)?.offering);
  return [
    ...set.drop.map((drop) => ({ drops: [drop], adds: [] })),
    ...bundles.map((bundle) => ({
      drops: [],
      adds: set.add.filter(({ courseId }) => bundle.includes(courseId)),
    })),
  ];
}

/** Judges a unit, and applies it where nothing stops it. */
function settle(unit: Unit, judging: Judging): EntryResult[] {
  const judged = judgeUnit(unit, judging);
  const isRefused = [...judged.drops, ...judged.adds].some(({ problems }) => problems.length > 0);
  if (isRefused) {
    const result = (action: 'add' | 'drop', courseId: string, problems: Problem[]): EntryResult => {
      return { action, courseId, record: undefined, isUnchanged: true, waitlistPosition: null, problems };
    };
    return [
      ...judged.drops.map(({ removal, problems }) => result('drop', removal.courseId, problems)),
      ...judged.adds.map(({ candidate, problems }) => result('add', candidate.add.courseId, problems)),
    ];
  }
  return applyUnit(judged, judging);
}

function applyUnit({ drops, implied, adds }: JudgedUnit, judging: Judging): EntryResult[] {
  const { set, courses, student, context } = judging;
  const terms = { set, now: context.now, campus: context.campus };
  const drop = (judged: JudgedDrop) => {
    return applyDrop(planOf(courses, judged.record.courseId), student, judged, terms);
  };
  const results = drops.map(({ removal, judged }): EntryResult => {
    const result = { action: 'drop' as const, courseId: removal.courseId, waitlistPosition: null };
    return { ...result, record: drop(judged), isUnchanged: judged.to === undefined, problems: [] };
  });
  for (const judged of implied) drop(judged);
  return [...results, ...adds.map((add) => applyAdd(add, judging))];
}

function applyAdd(
  { candidate, overridden, permits }: JudgedUnit['adds'][number],
  { set, student, context }: Judging,
): EntryResult {
  const { add, course, seat, waits } = candidate;
  const status = waits ? ('waitlisted' as const) : ('enrolled' as const);
  const [permitId] = permits;
  const dropOnPromotion = add.dropOnPromotion && student.enrollmentIn(add.dropOnPromotion)?.id;
  const step = {
    to: status,
    change: add.isPromotion ? ('promoted' as const) : status,
    actor: set.actor,
    now: context.now,
    override: overridden,
    permitId,
    credits: add.credits,
    reservation: seat?.reservation ?? null,
    ...(waits && { dropOnPromotion: dropOnPromotion ?? null }),
    ...(set.isTransfer && { reason: 'transferred' }),
  };
  const record = applyTransition(course, student, context.campus, step);
  for (const id of permits) student.usePermit(id, context.now, waits);
  const result = { action: 'add' as const, courseId: add.courseId, isUnchanged: false, problems: [] };
  return { ...result, record, waitlistPosition: course.seats.waitlistedCount };
}

function isOffered(course: CoursePlan | undefined): boolean {
  return course !== undefined && course.seats.status !== 'draft';
}

function requireOneSemester({ answer, drop }: ChangeSet, courses: ReadonlyMap<string, CoursePlan>): void {
  const semesters = new Set([...courses.values()].map(({ seats }) => seats.semesterId));
  if (semesters.size <= 1) return;
  if (answer === 'single') throw otherSemester(drop.length > 0 ? 'addCourseId' : 'dropOnPromotion');
  throw otherSemester('add', 'All courses of one request must be in one semester.');
}

function requireFew({ set, courses, student, context }: Judging): void {
  if (set.answer === 'single') return;
  const lookup = (id: string) => courses.get(id)?.offering ?? context.offerings.get(id);
  const changes = set.drop.length + set.add.length + impliedBy(set, student, lookup).length;
  if (changes <= maxChanges) return;
  const message = `With the linked sections that are dropped these are ${changes} changes; ${maxChanges} are possible at once. Send fewer.`;
  throw validationFailed([{ path: 'drop', code: 'too_long', message }]);
}
