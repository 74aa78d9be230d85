import type { Offering, StudentEntry } from './enrollment.types.ts';

type Linking = Pick<Offering, 'linked'>;
type Lookup = (courseId: string) => Linking | undefined;

/** Whether an offering names a course as a linked section. */
export function namesLinked(offering: Linking | undefined, courseId: string): boolean {
  return offering?.linked.some(({ courseIds }) => courseIds.includes(courseId)) ?? false;
}

/** Whether an entry is given up when the section is dropped that it is linked to: a seat or a place on a waitlist. */
const isOngoing = ({ status }: Pick<StudentEntry, 'status'>) =>
  status === 'enrolled' || status === 'waitlisted';

/** What stays of a student's semester where these courses are dropped. */
export function stayingEntries(
  entries: readonly StudentEntry[],
  dropped: ReadonlySet<string>,
): StudentEntry[] {
  return entries.filter((entry) => isOngoing(entry) && !dropped.has(entry.courseId));
}

/**
 * Sections that are dropped with `dropped`: those that one of these names, and no course that stays or is added.
 *
 * @param added ids of the courses that are taken in the same change
 */
export function impliedDrops(
  dropped: readonly string[],
  entries: readonly StudentEntry[],
  added: readonly string[],
  lookup: Lookup,
): StudentEntry[] {
  const staying = stayingEntries(entries, new Set(dropped));
  return staying.filter(({ courseId }) => {
    if (!dropped.some((id) => namesLinked(lookup(id), courseId))) return false;
    const keepers = [...staying.map((entry) => entry.courseId), ...added];
    return !keepers.some((id) => namesLinked(lookup(id), courseId));
  });
}

/** A course that stays, and the list of its linked sections of which none would be left. */
interface UnmetLink {
  byCourseId: string;
  courseIds: string[];
}

/** Why a linked section cannot be dropped alone: the courses that name it and would be left without another of its list. */
export function unmetByDrop(
  courseId: string,
  staying: readonly StudentEntry[],
  added: readonly string[],
  lookup: Lookup,
): UnmetLink[] {
  const left = new Set([...staying.map((entry) => entry.courseId), ...added]);
  return staying.flatMap(({ courseId: byCourseId }) => {
    const lists = lookup(byCourseId)?.linked ?? [];
    return lists
      .filter(({ courseIds }) => courseIds.includes(courseId) && !courseIds.some((id) => left.has(id)))
      .map(({ courseIds }) => ({ byCourseId, courseIds: courseIds.filter((id) => id !== courseId) }));
  });
}

/** Courses that are taken together: those among `courseIds` that are linked to one another, in the order given. */
export function bundlesOf(courseIds: readonly string[], lookup: Lookup): string[][] {
  const bundles: string[][] = [];
  for (const id of courseIds) {
    const isLinkedTo = (other: string) => namesLinked(lookup(id), other) || namesLinked(lookup(other), id);
    const joined = bundles.filter((bundle) => bundle.some(isLinkedTo));
    const [first] = joined;
    if (!first) bundles.push([id]);
    else {
      for (const bundle of joined.slice(1)) {
        first.push(...bundle);
        bundles.splice(bundles.indexOf(bundle), 1);
      }
      first.push(id);
    }
  }
  return bundles.map((bundle) => courseIds.filter((id) => bundle.includes(id)));
}

/** The waiting places of a student that are promoted with the one in `courseId`, that one included. */
export function waitingBundle(courseId: string, entries: readonly StudentEntry[], lookup: Lookup): string[] {
  const waiting = entries.filter(({ status }) => status === 'waitlisted').map((entry) => entry.courseId);
  const bundle = bundlesOf(waiting, lookup).find((ids) => ids.includes(courseId));
  return bundle ?? [courseId];
}
