import { wholeCourse } from '@registrar/contracts-courses';
import type { CourseState, PublishedCourse } from '@registrar/contracts-courses';
import type { SequencedCounts } from './seat-counts.ts';
import { newestOf } from './list.rules.ts';
import { RelevanceIndex } from './relevance.rules.ts';
import { hasWords, searchTextOf } from './search.rules.ts';

/** A department catalogue as the cache keeps it: whole courses, and how full they were when it was stored. */
interface StoredCatalogue {
  courses: readonly PublishedCourse[];
  counts: Record<string, SequencedCounts>;
}

/** Courses of one department in one semester, as one query of the index shows them, read for use. */
export class DepartmentCatalogue {
  /** In the order of lists. */
  readonly courses: readonly CourseState[];
  /** How full they were when the department catalogue was stored: for want of anything newer. */
  readonly counts: ReadonlyMap<string, SequencedCounts>;
  private readonly byId: ReadonlyMap<string, CourseState>;
  private readonly searchTexts = new Map<string, string>();
  private relevance: RelevanceIndex | undefined;

  constructor(courses: Iterable<CourseState>, counts: Iterable<readonly [string, SequencedCounts]> = []) {
    this.courses = newestOf(courses);
    this.counts = new Map(counts);
    this.byId = new Map(this.courses.map((course) => [course.id, course]));
  }

  /** What `bytes` hold; an instance of an earlier version may have written them. */
  static read(bytes: Buffer): DepartmentCatalogue {
    const { courses, counts } = JSON.parse(bytes.toString()) as StoredCatalogue;
    return new DepartmentCatalogue(courses.map(wholeCourse), Object.entries(counts));
  }

  /** The department catalogue as the cache keeps it. */
  text(): string {
    return JSON.stringify({
      courses: this.courses,
      counts: Object.fromEntries(this.counts),
    } satisfies StoredCatalogue);
  }

  /** The version of each course: the catalogue's version vector. */
  versions(): Record<string, number> {
    return Object.fromEntries(this.courses.map(({ id, version }) => [id, version]));
  }

  /** A course of the department catalogue. */
  course(id: string): CourseState | undefined {
    return this.byId.get(id);
  }

  /** The department catalogue with these courses as they are now; an older state changes nothing. */
  with(courses: readonly CourseState[]): DepartmentCatalogue {
    return new DepartmentCatalogue([...this.courses, ...courses], this.counts);
  }

  /** The department catalogue with the counts that `countsOf` has in place of its own. */
  withCounts(countsOf: (id: string) => SequencedCounts | undefined): DepartmentCatalogue {
    const counts = this.courses.flatMap(({ id }) => {
      const known = countsOf(id) ?? this.counts.get(id);
      return known ? [[id, known] as const] : [];
    });
    return new DepartmentCatalogue(this.courses, counts);
  }

  /** The courses with a beginning of a word for each of `words`. */
  withWords(words: readonly string[]): readonly CourseState[] {
    if (words.length === 0) return this.courses;
    return this.courses.filter((course) => hasWords(this.searchTextOf(course), words));
  }

  /** The courses that fit `words`, one typo forgiven, with their ranks; the index is made at the first search. */
  ranked(words: readonly string[]): Map<CourseState, number> {
    this.relevance ??= new RelevanceIndex(this.courses);
    return this.relevance.rank(words);
  }

  /** What can be found of a course, made at the first search. */
  private searchTextOf(course: CourseState): string {
    const known = this.searchTexts.get(course.id);
    if (known !== undefined) return known;
    const made = searchTextOf(course);
    this.searchTexts.set(course.id, made);
    return made;
  }
}
