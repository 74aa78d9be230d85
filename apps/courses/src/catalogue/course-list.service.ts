import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { courseListQuery } from '@registrar/contracts-courses';
import type { CourseListQuery } from '@registrar/contracts-courses';
import { CursorCodec } from '@registrar/dynamodb';
import { DepartmentsService } from '../departments/departments.service.ts';
import { SemestersService } from '../semesters/semesters.service.ts';
import { CourseFinder } from './course-finder.ts';
import { CourseTexts } from './course-texts.ts';
import type { Position } from './list.rules.ts';
import { RenderedPages } from './rendered-pages.ts';
import type { RenderedBody, Rendering } from './rendered-pages.ts';
import { wordsOf } from './search.rules.ts';

const queryFields = Object.keys(courseListQuery.shape) as (keyof CourseListQuery)[];
const emptyPage = JSON.stringify({ items: [], nextCursor: null });

/**
 * Pages of the catalogue: filtered, searched and cut in memory, from the catalogues of whole departments.
 *
 * Guarantee: a course that is there from the first page to the last shows exactly once, whatever comes and goes
 * in between. Failure: Problem 400 `invalid_cursor`; 503 where neither cache nor store has a department catalogue.
 */
@Injectable()
export class CourseListService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly finder: CourseFinder,
    private readonly semesters: SemestersService,
    private readonly departments: DepartmentsService,
    private readonly texts: CourseTexts,
    private readonly pages: RenderedPages,
  ) {}

  /** The page for `query`, as `user` may see it. */
  async page(query: CourseListQuery, user: Identity | undefined): Promise<RenderedBody> {
    // Others cannot see whether there are drafts.
    if (query.status === 'draft' && !hasRole(user, 'registrar')) return this.empty();
    const after = this.cursors.decode<Position>(cursorScope(query), query.cursor);
    const semesterId = after?.m ?? query.semesterId ?? (await this.semesters.currentId());
    if (semesterId === undefined) return this.empty();
    const key = pageKey(query, semesterId);
    return this.pages.get({ key, semesterId, render: () => this.render(query, semesterId, after) });
  }

  private async render(
    query: CourseListQuery,
    semesterId: string,
    after: Position | undefined,
  ): Promise<Rendering> {
    const departmentIds = await this.departmentsOf(query, semesterId);
    const found = await this.finder.find({ semesterId, departmentIds, query, after });
    const next = found.next ? this.cursors.encode(cursorScope(query), found.next) : null;
    const texts = await this.texts.of(found.courses);
    return {
      text: `{"items":[${texts.join(',')}],"nextCursor":${JSON.stringify(next)}}`,
      source: found.source,
      courseIds: found.countedIds,
    };
  }

  /** Only departments that exist in semesters that exist: nothing is asked of the store for made-up ids. */
  private async departmentsOf({ departmentId }: CourseListQuery, semesterId: string): Promise<string[]> {
    if (!(await this.semesters.find(semesterId))) return [];
    const ids = await this.departments.ids();
    return departmentId === undefined ? ids : ids.filter((id) => id === departmentId);
  }

  private empty(): Promise<RenderedBody> {
    const render = () => Promise.resolve({ text: emptyPage, source: 'l1', courseIds: [] } as const);
    return this.pages.get({ key: 'empty', semesterId: undefined, render });
  }
}

/** What a cursor belongs to; the size of a page may change from one to the next. */
function cursorScope({ q, limit: _limit, cursor: _cursor, ...query }: CourseListQuery): object {
  return { list: 'courses', ...query, words: wordsOf(q ?? '') };
}

function pageKey(query: CourseListQuery, semesterId: string): string {
  // With what the semester was asked by, for the cursor to the next page depends on it.
  const asked = query.semesterId === undefined ? 'current' : 'named';
  return JSON.stringify([asked, semesterId, ...queryFields.map((field) => query[field] ?? '')]);
}
