import { Injectable } from '@nestjs/common';
import type { AnswerSource } from '@registrar/cache';
import type { CourseListQuery, CourseState } from '@registrar/contracts-courses';
import { Catalogue } from './catalogue.ts';
import { seatsAvailableOf } from './course-answers.ts';
import type { DepartmentCatalogue } from './department-catalogue.ts';
import { isListed, namesWith } from './filter.rules.ts';
import { InstructorNames } from './instructor-names.ts';
import { positionOf, rankedPositionOf, takePart, takeRanked } from './list.rules.ts';
import type { Position, Ranked } from './list.rules.ts';
import { SeatCounts } from './seat-counts.ts';
import { wordsOf } from './search.rules.ts';
import { farthest } from './source.rules.ts';

/** A list: in which semester, of which departments, of which courses, after which one. */
interface Listing {
  semesterId: string;
  departmentIds: readonly string[];
  query: CourseListQuery;
  after: Position | undefined;
}

/** A page of courses. */
interface FoundCourses {
  courses: CourseState[];
  /** Where the next page begins; undefined after the last. */
  next: Position | undefined;
  source: AnswerSource;
  /** The courses whose counts decide what is in the page. */
  countedIds: string[];
}

/** What is collected on the way through the departments. */
interface Search {
  listing: Listing;
  words: readonly string[];
  isNamed: ((name: string | null) => boolean) | undefined;
  sources: AnswerSource[];
  counted: string[];
}

/**
 * Finds the courses of a list in the catalogues of whole departments, in memory.
 *
 * Failure: Problem 503 where neither cache nor store has a department catalogue, or `available` is asked for and counts
 * cannot be had.
 */
@Injectable()
export class CourseFinder {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly counts: SeatCounts,
    private readonly names: InstructorNames,
  ) {}

  /** The page of a list. */
  async find(listing: Listing): Promise<FoundCourses> {
    const { q = '', sort, instructor = '' } = listing.query;
    const words = wordsOf(q);
    const isNamed = instructor.trim() === '' ? undefined : namesWith(instructor);
    const search: Search = { listing, words, isNamed, sources: [], counted: [] };
    const isRanked = sort === 'relevance' && words.length > 0;
    const { courses, next } = await (isRanked ? this.ranked(search) : this.ordered(search));
    const countedIds = [...search.counted, ...courses.map(({ id }) => id)];
    return { courses, next, source: farthest(search.sources), countedIds };
  }

  /** Goes through the departments in their order, and no farther than the page needs. */
  private async ordered(search: Search): Promise<Pick<FoundCourses, 'courses' | 'next'>> {
    const { listing, words } = search;
    const { departmentIds, query, after } = listing;
    const courses: CourseState[] = [];
    for (const departmentId of departmentIds) {
      if (after && departmentId < after.d) continue;
      const department = await this.read(departmentId, search);
      const found = await this.fitting(department.withWords(words), search);
      const part = takePart(found, query.limit - courses.length, after);
      courses.push(...part.items);
      const last = courses.at(-1);
      if (part.hasMore) return { courses, next: last && positionOf(last) };
    }
    return { courses, next: undefined };
  }

  /** Goes through all departments: the best course may be in any. */
  private async ranked(search: Search): Promise<Pick<FoundCourses, 'courses' | 'next'>> {
    const { departmentIds, query, after } = search.listing;
    const found: Ranked[] = [];
    for (const departmentId of departmentIds) {
      const ranks = (await this.read(departmentId, search)).ranked(search.words);
      for (const course of await this.fitting([...ranks.keys()], search))
        found.push({ course, rank: ranks.get(course) ?? 0 });
    }
    const { items, hasMore } = takeRanked(found, query.limit, after);
    const last = hasMore ? items.at(-1) : undefined;
    return { courses: items.map(({ course }) => course), next: last && rankedPositionOf(last) };
  }

  private async read(departmentId: string, { listing, sources }: Search): Promise<DepartmentCatalogue> {
    const { semesterId } = listing;
    const { catalogue, source } = await this.catalogue.departmentCatalogue({ semesterId, departmentId });
    sources.push(source);
    return catalogue;
  }

  /** Those of `courses` that pass every filter; names and counts are looked at last, where they are asked for. */
  private async fitting(courses: readonly CourseState[], search: Search): Promise<CourseState[]> {
    const { isNamed, counted } = search;
    const { query } = search.listing;
    let fitting = courses.filter((course) => isListed(course, query));
    if (isNamed) {
      await this.names.ensure(fitting);
      fitting = fitting.filter((course) => this.names.of(course).some(({ name }) => isNamed(name)));
    }
    if (query.available === undefined) return fitting;
    const ids = fitting.map(({ id }) => id);
    counted.push(...ids);
    await this.counts.ensure(ids);
    return fitting.filter((course) => {
      return seatsAvailableOf(course, this.counts.peek(course.id) ?? { enrolledCount: 0 }) > 0;
    });
  }
}
