import type { Meeting } from '@registrar/contracts-courses';
import type { AnswerTo } from '../api/routes.ts';
import type { CartItem } from '../cart/cart.rules.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { clashesOf } from '../registration/clash.rules.ts';

/** A plan for a semester. */
export type Plan = AnswerTo<'GET /api/plans/:semesterId'>;

/** What is wanted, by its choices in order of preference. */
export type PlanEntry = Plan['entries'][number];

/** A section with its linked ones. */
export type PlanChoice = PlanEntry['choices'][number];

/** What a plan would come to. */
export type PlanCheck = AnswerTo<'POST /api/plans/:semesterId/check'>;

/** Entries of a plan, and choices of an entry, at most. */
export const most = { entries: 12, choices: 5 } as const;

/** The ids of the courses of a plan, in its order. */
export function idsIn(entries: readonly PlanEntry[]): readonly string[] {
  return entries.flatMap(({ choices }) =>
    choices.flatMap(({ courses }) => courses.map(({ courseId }) => courseId)),
  );
}

/**
 * The plan with a section: a further choice where the plan wants another section of its code, component and topic, else
 * a new entry at the end. Undefined where it is planned already, or there is no room.
 */
export function withCourse(
  entries: readonly PlanEntry[],
  course: Pick<Course, 'id' | Part>,
  choice: PlanChoice,
  courseOf: (courseId: string) => Pick<Course, Part> | undefined,
): readonly PlanEntry[] | undefined {
  if (idsIn(entries).includes(course.id)) return undefined;
  const at = entries.findIndex(({ choices }) => isSamePart(course, courseOf(sectionOf(choices[0]))));
  const entry = entries[at];
  if (entry === undefined)
    return entries.length < most.entries
      ? [...entries, { choices: [choice], joinWaitlist: false }]
      : undefined;
  if (entry.choices.length >= most.choices) return undefined;
  return entries.with(at, { ...entry, choices: [...entry.choices, choice] });
}

/** What sections have in common that stand for each other. */
type Part = 'code' | 'component' | 'topic';

/** Whether one section is taken in place of the other. */
export function isSamePart(one: Pick<Course, Part>, other: Pick<Course, Part> | undefined): boolean {
  return one.code === other?.code && one.component === other.component && one.topic === other.topic;
}

/** The plan without a choice; an entry without choices goes with it. */
export function withoutChoice(
  entries: readonly PlanEntry[],
  entry: number,
  choice: number,
): readonly PlanEntry[] {
  return entries.flatMap((one, at) => {
    if (at !== entry) return [one];
    const choices = one.choices.toSpliced(choice, 1);
    return choices.length === 0 ? [] : [{ ...one, choices }];
  });
}

/** The plan with other linked sections in a choice. */
export function withLinked(
  entries: readonly PlanEntry[],
  { entry, choice }: { readonly entry: number; readonly choice: number },
  linked: readonly string[],
): readonly PlanEntry[] {
  return entries.map((one, at) =>
    at !== entry
      ? one
      : {
          ...one,
          choices: one.choices.map((other, index) => {
            const [section] = other.courses;
            if (index !== choice || section === undefined) return other;
            return { courses: [section, ...linked.map((courseId) => ({ courseId }))] };
          }),
        },
  );
}

/** What an entry would come to, as far as it is known. */
export interface Judged {
  /** The choice that would be taken; null where none is possible, undefined where that is not known. */
  readonly chosen: number | null | undefined;
  /** Problems of each choice, in the entry's order. */
  readonly problems: readonly PlanCheck['entries'][number]['choices'][number]['problems'][];
}

/**
 * What each entry would come to, by a check of an earlier state of the plan: an entry that is still there keeps what is
 * known of its choices until the next check, so that nothing jumps while the reader edits.
 */
export function judgedBy(
  entries: readonly PlanEntry[],
  earlier: readonly PlanEntry[],
  check: PlanCheck | undefined,
): readonly Judged[] {
  return entries.map(({ choices }): Judged => {
    const sections = choices.map(sectionOf);
    const at = earlier.findIndex((entry) =>
      entry.choices.some((choice) => sections.includes(sectionOf(choice))),
    );
    const before = earlier[at]?.choices.map(sectionOf) ?? [];
    const known = check?.entries[at];
    const problems = sections.map((id) => known?.choices[before.indexOf(id)]?.problems ?? []);
    if (typeof known?.chosen !== 'number') return { chosen: known?.chosen, problems };
    const chosen = sections.indexOf(before[known.chosen] ?? '');
    return { chosen: chosen === -1 ? undefined : chosen, problems };
  });
}

/** The choice of each entry that counts: the first that is possible; the first at all where none is, or it is not known. */
export function chosenOf(entries: readonly PlanEntry[], judged: readonly Judged[]): readonly PlanChoice[] {
  return entries.flatMap(({ choices }, at) => choices[judged[at]?.chosen ?? 0] ?? []);
}

/** The choices that count as items of a cart, in the plan's order. */
export function cartItemsOf(entries: readonly PlanEntry[], judged: readonly Judged[]): readonly CartItem[] {
  return chosenOf(entries, judged).map(({ courses }, at) => {
    const [section, ...linked] = courses;
    return {
      courseId: section?.courseId ?? '',
      linked: linked.map(({ courseId }) => courseId),
      ...(section?.credits !== undefined && { credits: section.credits }),
      joinWaitlist: entries[at]?.joinWaitlist ?? false,
    };
  });
}

/** The section of a choice, which its linked ones are taken with. */
export function sectionOf(choice: PlanChoice | undefined): string {
  return choice?.courses[0]?.courseId ?? '';
}

/** Courses that meet at the same time: when, to the minute. */
export interface Overlap {
  readonly others: readonly [Course, Course];
  readonly day: Meeting['day'];
  readonly start: string;
  readonly end: string;
}

/** Every time at which two of these courses meet at once, in order of the courses. */
export function overlapsAmong(courses: readonly Course[]): readonly Overlap[] {
  return courses.flatMap((one, at) =>
    courses.slice(at + 1).flatMap((other) =>
      clashesOf(one.meetings, other.meetings).map(([first, second]): Overlap => ({
        others: [one, other],
        day: first.day,
        start: first.start > second.start ? first.start : second.start,
        end: first.end < second.end ? first.end : second.end,
      })),
    ),
  );
}
