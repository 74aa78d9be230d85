import { isDeepStrictEqual } from 'node:util';
import { createCourseRequest } from '@registrar/contracts-courses';
import type {
  Course,
  CreateCourseRequest,
  NewCourse,
  PatchCourseRequest,
} from '@registrar/contracts-courses';
import { keyOf } from './offered-section.ts';
import type { OfferedSection, SectionRef } from './offered-section.ts';

/** Ids of courses by the code and section that a file names. */
export type IdsByKey = ReadonlyMap<string, string>;

/** Fields that a course keeps from its creation. */
const fixed = new Set(['semesterId', 'departmentId', 'crossListedOf']);

/** The section, as files name it. */
export function refOf({ fields: { code, section = '1' } }: OfferedSection): SectionRef {
  return { code, section };
}

/** Sections that this one names: they are there before it. */
export function neededBy({ linked, crossListedOf }: OfferedSection): SectionRef[] {
  return [...linked.flatMap(({ sections }) => sections), ...(crossListedOf ? [crossListedOf] : [])];
}

/** The body that creates a section. `ids` has all that it names. */
export function bodyOf(offered: OfferedSection, semesterId: string, ids: IdsByKey): NewCourse {
  const { fields, linked, crossListedOf } = offered;
  const idOf = (ref: SectionRef) => ids.get(keyOf(ref)) ?? '';
  return {
    ...fields,
    // Credits that were variable and are fixed now.
    minCredits: fields.minCredits ?? null,
    semesterId,
    ...(linked.length > 0 && {
      linked: linked.map(({ component, sections }) => ({ component, courseIds: sections.map(idOf) })),
    }),
    ...(crossListedOf && { crossListedOf: idOf(crossListedOf) }),
  };
}

/**
 * What differs between a course and what a file says of it; what the file does not say stays as it is. Lists are
 * compared without regard to their order, but for reservations, whose order counts.
 *
 * @returns undefined where nothing differs
 */
export function changesOf(body: NewCourse, course: Course): PatchCourseRequest | undefined {
  const wanted = createCourseRequest.parse(body);
  const changes = Object.keys(body)
    .filter((name) => !fixed.has(name) && body[name as keyof NewCourse] !== undefined)
    .map((name) => name as keyof CreateCourseRequest & keyof Course)
    .filter((name) => !isSame(name, wanted[name], course[name]))
    .map((name) => [name, wanted[name]] as const);
  return changes.length > 0 ? (Object.fromEntries(changes) as PatchCourseRequest) : undefined;
}

/** What a file says and no change of a course can make so; undefined where nothing does. */
export function faultOf(body: NewCourse, course: Course): { code: string; detail: string } | undefined {
  if (course.status === 'cancelled') {
    return { code: 'course_cancelled', detail: 'It was cancelled for good: give the section another name.' };
  }
  if (body.departmentId !== course.departmentId) {
    return {
      code: 'other_department',
      detail: `It belongs to ${course.departmentId}, which cannot be changed.`,
    };
  }
  if ((body.crossListedOf ?? null) !== course.crossListedOf) {
    return {
      code: 'other_class',
      detail:
        'What it is cross-listed of is set at its creation only: cancel it, and give the section another name.',
    };
  }
  return undefined;
}

/** Sections in the order in which they can be created: each list needs only what is in those before it. */
export function wavesOf(sections: readonly OfferedSection[]): OfferedSection[][] {
  const byKey = new Map(sections.map((each) => [keyOf(refOf(each)), each]));
  const waves: OfferedSection[][] = [];
  for (const each of sections) (waves[depthOf(each, byKey, new Set())] ??= []).push(each);
  return waves.filter((wave) => wave.length > 0);
}

function depthOf(
  section: OfferedSection,
  byKey: ReadonlyMap<string, OfferedSection>,
  above: ReadonlySet<OfferedSection>,
): number {
  const needed = neededBy(section).flatMap((ref) => byKey.get(keyOf(ref)) ?? []);
  const path = new Set([...above, section]);
  // Those that name each other in a circle are left to the server, which refuses them.
  return Math.max(
    0,
    ...needed.filter((each) => !path.has(each)).map((each) => 1 + depthOf(each, byKey, path)),
  );
}

function isSame(name: string, wanted: unknown, is: unknown): boolean {
  if (!Array.isArray(wanted) || !Array.isArray(is) || name === 'reservations')
    return isDeepStrictEqual(plain(wanted), plain(is));
  return isDeepStrictEqual(sorted(wanted), sorted(is));
}

/** As JSON has it: without what is undefined. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function sorted(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(withOrderedKeys(value))).sort();
}

function withOrderedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOrderedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, withOrderedKeys(each)]),
  );
}
