import type { RefusalAnswer } from '@registrar/idempotency';
import { maxChanges } from '@registrar/contracts-enrollments';
import { validationFailed } from '@registrar/service';
import { courseNotFound, enrollmentNotFound } from '../../enrollment/answers.ts';
import type { Problem } from '../../enrollment/answers.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import type { EnrollmentRecord, Offering } from '../../enrollment/enrollment.types.ts';
import { bundlesOf, impliedDrops, stayingEntries } from '../../enrollment/links.rules.ts';
import type { Addition, ChangeSet, Removal } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import { candidatesOf, judgeCandidate } from './judge-add.ts';
import type { AddTerms, Candidate } from './judge-add.ts';
import { applyDrop, judgeDrop, linkedDropProblem } from './judge-drop.ts';
import type { JudgedDrop } from './judge-drop.ts';
import { otherSemester } from './other-semester.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** When a request is judged, and what it is judged against. */
export interface JudgingContext {
  /** RFC 3339. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
  /** Current offerings of the student's other courses, and of those that name a course of the set, by id. */
  offerings: ReadonlyMap<string, Offering>;
}

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

/** Entries that are applied together or not at all. */
interface Unit {
  drops: readonly Removal[];
  adds: readonly Addition[];
}

/** One student's change set, while it is judged. */
interface Judging {
  set: ChangeSet;
  courses: ReadonlyMap<string, CoursePlan>;
  student: StudentPlan;
  context: JudgingContext;
}

/** A unit as judged: nothing is applied yet. */
interface JudgedUnit {
  drops: { removal: Removal; judged: JudgedDrop; problems: Problem[] }[];
  /** Sections that end with those, and what is dropped for a seat. */
  implied: JudgedDrop[];
  adds: { candidate: Candidate; problems: Problem[]; overridden: string[]; permits: string[] }[];
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

const dropOf = ({ dropOnPromotion }: Addition) => (dropOnPromotion === undefined ? [] : [dropOnPromotion]);

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

function judgeUnit(unit: Unit, judging: Judging): JudgedUnit {
  const { set, courses, student, context } = judging;
  const lookup = (id: string) => courses.get(id)?.offering ?? context.offerings.get(id);
  const dropTerms = { set, now: context.now, campus: context.campus };
  const judge = (courseId: string) => judgeDrop(planOf(courses, courseId), student, dropTerms);
  const added = unit.adds.map(({ courseId }) => courseId);
  const drops = unit.drops.map((removal) => ({ removal, judged: judge(removal.courseId) }));
  const forSeats = unit.adds.flatMap((add) =>
    dropOf(add).map((courseId) => ({ add, judged: judge(courseId) })),
  );
  const ending = [...drops, ...forSeats].flatMap(({ judged }) => (judged.to ? [judged.record.courseId] : []));
  const implied = impliedDrops(ending, student.entries, added, lookup).map(({ courseId }) => judge(courseId));
  const gone = new Set([...ending, ...implied.map(({ record }) => record.courseId)]);
  const linkTerms = { staying: stayingEntries(student.entries, gone), added, lookup };
  const linkProblems = ({ record, to }: JudgedDrop) => {
    const isFree = to === undefined || set.isErasure;
    const problem = isFree
      ? undefined
      : linkedDropProblem(planOf(courses, record.courseId).offering, linkTerms);
    return problem ? [problem] : [];
  };
  const impliedProblems = implied.flatMap(({ problems }) => problems);
  const terms: AddTerms = {
    student,
    eligibility: new Eligibility(student.record, context.campus.grades),
    entries: student.entries.filter(({ courseId }) => !gone.has(courseId)),
    endingFor: (add) => {
      const own = forSeats.filter((each) => each.add === add);
      const all = [...[...drops, ...own].map(({ judged }) => judged), ...implied];
      return all.flatMap(({ to, record }) => (to ? [record] : []));
    },
    offerings: withOfferingsOf(context.offerings, courses),
    now: context.now,
    campus: context.campus,
  };
  const candidates = candidatesOf(unit.adds, courses, bundlesOf(added, lookup), set, terms);
  return {
    drops: drops.map((drop, at) => ({
      ...drop,
      problems: [
        ...endedProblems(drop),
        ...drop.judged.problems,
        ...linkProblems(drop.judged),
        ...(at === 0 ? impliedProblems : []),
      ],
    })),
    implied: [...implied, ...forSeats.map(({ judged }) => judged)],
    adds: candidates.map((candidate) => {
      const { problems, overridden, permits } = judgeCandidate(candidate, candidates, terms);
      const forSeat = forSeats.filter(({ add }) => add === candidate.add && !candidate.waits);
      const ofDrops = forSeat.flatMap(({ add, judged }) => [
        ...judged.problems,
        ...linkProblems(judged),
        ...lateProblems(add, judged, context),
      ]);
      return { candidate, problems: [...problems, ...ofDrops], overridden, permits };
    }),
  };
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
  // Who waits gives nothing up yet.
  const kept = new Set(adds.flatMap(({ candidate: { add, waits } }) => (waits ? dropOf(add) : [])));
  for (const judged of implied) if (!kept.has(judged.record.courseId)) drop(judged);
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

function endedProblems({ removal, judged }: { removal: Removal; judged: JudgedDrop }): Problem[] {
  const hasEnded = judged.to === undefined && judged.problems.length === 0;
  return hasEnded && removal.whenEnded === 'refused' ? [ended] : [];
}

/** A promotion gives nothing up that would stay on the record as withdrawn. */
function lateProblems({ isPromotion }: Addition, { to }: JudgedDrop, { now }: JudgingContext): Problem[] {
  if (!isPromotion || to !== 'withdrawn') return [];
  const detail =
    'The course to be dropped for this seat could only be withdrawn from now. Drop it yourself, or keep it: then this place waits in vain.';
  return [{ code: 'drop_period_closed', detail, params: { withdrawDeadlineAt: now } }];
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

function withOfferingsOf(
  offerings: ReadonlyMap<string, Offering>,
  courses: ReadonlyMap<string, CoursePlan>,
): ReadonlyMap<string, Offering> {
  if (courses.size === 1) return offerings;
  return new Map([...offerings, ...[...courses].map(([id, { offering }]) => [id, offering] as const)]);
}

function planOf(courses: ReadonlyMap<string, CoursePlan>, courseId: string): CoursePlan {
  const course = courses.get(courseId);
  if (!course) throw new Error('A course of the change set was not read.');
  return course;
}

const ended: Problem = {
  code: 'enrollment_ended',
  detail: 'The enrollment to give up has ended already. Enroll in the other course instead.',
};
