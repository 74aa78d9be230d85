import type { Problem } from '../../enrollment/answers.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import type { Offering } from '../../enrollment/enrollment.types.ts';
import { bundlesOf, impliedDrops, stayingEntries } from '../../enrollment/links.rules.ts';
import { Eligibility } from '../../enrollment/student-record/eligibility.ts';
import type { Addition, ChangeSet, Removal } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import { candidatesOf, judgeCandidate } from './judge-add.ts';
import type { AddTerms, Candidate } from './judge-add.ts';
import { judgeDrop, linkedDropProblem } from './judge-drop.ts';
import type { JudgedDrop } from './judge-drop.ts';
import type { StudentPlan } from './student-plan.ts';

/** When a request is judged, and what it is judged against. */
export interface JudgingContext {
  /** RFC 3339. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
  /** Current offerings of the student's other courses, and of those that name a course of the set, by id. */
  offerings: ReadonlyMap<string, Offering>;
}

/** Entries that are applied together or not at all. */
export interface Unit {
  drops: readonly Removal[];
  adds: readonly Addition[];
}

/** One student's change set, while it is judged. */
export interface Judging {
  set: ChangeSet;
  courses: ReadonlyMap<string, CoursePlan>;
  student: StudentPlan;
  context: JudgingContext;
}

/** A unit as judged: nothing is applied yet. */
export interface JudgedUnit {
  drops: { removal: Removal; judged: JudgedDrop; problems: Problem[] }[];
  /** What is given up for seats, and sections that end with that or with the drops. */
  implied: JudgedDrop[];
  adds: { candidate: Candidate; problems: Problem[]; overridden: string[]; permits: string[] }[];
}

/** The course whose seat is given up for one that is taken. */
export const dropOf = ({ dropOnPromotion }: Addition) =>
  dropOnPromotion === undefined ? [] : [dropOnPromotion];

/** Judges entries that are applied together. Nothing is applied yet. */
export function judgeUnit(unit: Unit, judging: Judging): JudgedUnit {
  const { set, courses, student, context } = judging;
  const { drops, byDrops, added, lookup, bundles, bundleOf, endingWith, replacedBy } = endingsOf(
    unit,
    judging,
  );
  const terms: Omit<AddTerms, 'entries'> = {
    student,
    eligibility: new Eligibility(student.record, context.campus.grades),
    endingFor: (add) => endingWith(bundleOf(add)).flatMap(({ to, record }) => (to ? [record] : [])),
    offerings: withOfferingsOf(context.offerings, courses),
    now: context.now,
    campus: context.campus,
  };
  const candidates = candidatesOf(unit.adds, courses, bundles, set, terms);
  // Who waits gives nothing up yet.
  const seated = candidates.flatMap(({ add, waits }) => (waits ? [] : [add]));
  const ending = endingWith(seated);
  const linkTerms = { staying: stayingEntries(student.entries, idsOf(ending)), added, lookup };
  const linkProblems = ({ record, to }: JudgedDrop) => {
    const isFree = to === undefined || set.isErasure;
    const problem = isFree
      ? undefined
      : linkedDropProblem(planOf(courses, record.courseId).offering, linkTerms);
    return problem ? [problem] : [];
  };
  return {
    drops: drops.map((drop, at) => ({
      ...drop,
      problems: [
        ...endedProblems(drop),
        ...drop.judged.problems,
        ...linkProblems(drop.judged),
        ...(at === 0 ? byDrops.flatMap(({ problems }) => problems) : []),
      ],
    })),
    implied: ending.filter((each) => !drops.some(({ judged }) => judged.record === each.record)),
    adds: candidates.map((candidate) => {
      const { add, waits } = candidate;
      const gone = idsOf(endingWith([...seated, ...bundleOf(add)]));
      const entries = student.entries.filter(({ courseId }) => !gone.has(courseId));
      const judgement = judgeCandidate(candidate, candidates, { ...terms, entries });
      const ofDrops = (waits ? [] : replacedBy(add)).flatMap((judged) => [
        ...judged.problems,
        ...linkProblems(judged),
        ...lateProblems(add, judged, context),
      ]);
      return { ...judgement, candidate, problems: [...judgement.problems, ...ofDrops] };
    }),
  };
}

/** What ends with a unit: by its drops, and for the seats that it takes. */
function endingsOf(unit: Unit, { set, courses, student, context }: Judging) {
  const lookup = (id: string) => courses.get(id)?.offering ?? context.offerings.get(id);
  const dropTerms = { set, now: context.now, campus: context.campus };
  const judge = (courseId: string) => judgeDrop(planOf(courses, courseId), student, dropTerms);
  const added = unit.adds.map(({ courseId }) => courseId);
  const drops = unit.drops.map((removal) => ({ removal, judged: judge(removal.courseId) }));
  const forSeats = unit.adds.flatMap((add) =>
    dropOf(add).map((courseId) => ({ add, judged: judge(courseId) })),
  );
  const bundles = bundlesOf(added, lookup);
  /** What ends where these adds get their seats: the drops, what is given up for the seats, and what is linked to it. */
  const endingWith = (adds: readonly Addition[]): JudgedDrop[] => {
    const own = forSeats.filter(({ add }) => adds.includes(add));
    const named = [...drops, ...own].flatMap(({ judged }) => (judged.to ? [judged] : []));
    if (named.length === 0) return [];
    const ids = named.map(({ record }) => record.courseId);
    const linked = impliedDrops(ids, student.entries, added, lookup).map(({ courseId }) => judge(courseId));
    return [...new Map([...linked, ...named].map((each) => [each.record.courseId, each])).values()];
  };
  const bundleOf = (add: Addition) => {
    const ids = bundles.find((bundle) => bundle.includes(add.courseId)) ?? [];
    return unit.adds.filter(({ courseId }) => ids.includes(courseId));
  };
  const dropped = idsOf(drops.map(({ judged }) => judged));
  /** Sections that end with the drops alone. */
  const byDrops = endingWith([]).filter(({ record }) => !dropped.has(record.courseId));
  /** What is named to be given up for a seat, whether it can be or not, and what is linked to it alone. */
  const replacedBy = (add: Addition): JudgedDrop[] => {
    const named = forSeats.filter((each) => each.add === add).map(({ judged }) => judged);
    const others = idsOf([...named, ...byDrops]);
    const linked = endingWith([add]).filter(
      ({ record: { courseId } }) => !dropped.has(courseId) && !others.has(courseId),
    );
    return [...named, ...linked];
  };
  return { drops, byDrops, added, lookup, bundles, bundleOf, endingWith, replacedBy };
}

function idsOf(judged: readonly JudgedDrop[]): Set<string> {
  return new Set(judged.map(({ record }) => record.courseId));
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

function withOfferingsOf(
  offerings: ReadonlyMap<string, Offering>,
  courses: ReadonlyMap<string, CoursePlan>,
): ReadonlyMap<string, Offering> {
  if (courses.size === 1) return offerings;
  return new Map([...offerings, ...[...courses].map(([id, { offering }]) => [id, offering] as const)]);
}

/** @throws Error where the course was not read */
export function planOf(courses: ReadonlyMap<string, CoursePlan>, courseId: string): CoursePlan {
  const course = courses.get(courseId);
  if (!course) throw new Error('A course of the change set was not read.');
  return course;
}

const ended: Problem = {
  code: 'enrollment_ended',
  detail: 'The enrollment to give up has ended already. Enroll in the other course instead.',
};
