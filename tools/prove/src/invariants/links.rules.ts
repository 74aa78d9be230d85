import type { Snapshot } from '../snapshot/snapshot.ts';

/** Which sections are taken together. */
export class Links {
  private readonly lists: ReadonlyMap<string, readonly (readonly string[])[]>;
  private readonly parents = new Map<string, string[]>();

  constructor(courses: Snapshot['courses']) {
    this.lists = new Map(
      [...courses.values()].map(({ id, linked }) => [id, linked.map(({ courseIds }) => courseIds)]),
    );
    for (const [id, lists] of this.lists)
      for (const section of lists.flat()) this.parents.set(section, [...this.parentsOf(section), id]);
  }

  /** Lists of sections, one of each of which is taken with a course. */
  listsOf(courseId: string): readonly (readonly string[])[] {
    return this.lists.get(courseId) ?? [];
  }

  /** Courses that name this one as a linked section. */
  parentsOf(courseId: string): readonly string[] {
    return this.parents.get(courseId) ?? [];
  }

  /** Whether a course is taken with others. */
  concern(courseId: string): boolean {
    return this.listsOf(courseId).length > 0 || this.parentsOf(courseId).length > 0;
  }

  /** Those among `courseIds` that are linked to `courseId`, directly or by one another; that one first. */
  bundleOf(courseId: string, courseIds: readonly string[]): string[] {
    const bundle = [courseId];
    for (const id of bundle) {
      const linked = [...this.listsOf(id).flat(), ...this.parentsOf(id)];
      bundle.push(...linked.filter((other) => courseIds.includes(other) && !bundle.includes(other)));
    }
    return bundle;
  }
}
