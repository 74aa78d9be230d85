import { Inject, Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type { AnswerSource } from '@registrar/cache';
import type { CourseListQuery, CourseState } from '@registrar/contracts-courses';
import { CursorCodec } from '@registrar/dynamodb';
import { CONFIG } from '@registrar/service';
import type { CoursesConfig } from '../courses.config.ts';
import { DepartmentsService } from '../departments/departments.service.ts';
import { SemestersService } from '../semesters/semesters.service.ts';
import { Catalogue } from './catalogue.ts';
import { CourseTexts } from './course-texts.ts';
import { isListed, positionOf, takePart } from './list.rules.ts';
import type { CourseFilter, Part, Position } from './list.rules.ts';
import { RenderedPages } from './rendered-pages.ts';
import type { RenderedBody, Rendering } from './rendered-pages.ts';
import { hasWords, wordsOf } from './search.rules.ts';
import { farthest } from './source.rules.ts';

const emptyPage = JSON.stringify({ items: [], nextCursor: null });

/** A list: in which semester, of which departments, after which course. */
interface Listing {
  semesterId: string;
  departmentIds: readonly string[];
  filter: CourseFilter;
  after: Position | undefined;
}

/**
 * Pages of the catalogue: filtered, searched and cut in memory, from the catalogues of whole departments.
 *
 * Guarantee: a course that is there from the first page to the last shows exactly once, whatever comes and goes
 * in between. Failure: Problem 400 `invalid_cursor`; 503 where neither cache nor store has a department catalogue.
 */
@Injectable()
export class CourseListService {
  private readonly cursors: CursorCodec;

  constructor(
    @Inject(CONFIG) config: CoursesConfig,
    private readonly catalogue: Catalogue,
    private readonly semesters: SemestersService,
    private readonly departments: DepartmentsService,
    private readonly texts: CourseTexts,
    private readonly pages: RenderedPages,
  ) {
    this.cursors = new CursorCodec(config.CURSOR_SECRET);
  }

  /** The page that `query` asks for, as `user` may see it. */
  async page(query: CourseListQuery, user: Identity | undefined): Promise<RenderedBody> {
    // Nobody else is told whether there are drafts.
    if (query.status === 'draft' && !hasRole(user, 'registrar')) return this.empty();
    const after = this.positionIn(query);
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
    const { instructorId, status, limit } = query;
    const filter = { instructorId, status, words: wordsOf(query.q ?? '') };
    const departmentIds = await this.departmentsOf(query, semesterId);
    const { part, source } = await this.collect({ semesterId, departmentIds, filter, after }, limit);
    const last = part.hasMore ? part.items.at(-1) : undefined;
    const next = last ? this.cursors.encode(cursorScope(query), positionOf(last)) : null;
    const texts = await this.texts.of(part.items);
    return {
      text: `{"items":[${texts.join(',')}],"nextCursor":${JSON.stringify(next)}}`,
      source,
      courseIds: part.items.map(({ id }) => id),
    };
  }

  /** Only departments that exist in semesters that exist: nothing is asked of the store for made-up ids. */
  private async departmentsOf({ departmentId }: CourseListQuery, semesterId: string): Promise<string[]> {
    if (!(await this.semesters.find(semesterId))) return [];
    const ids = await this.departments.ids();
    return departmentId === undefined ? ids : ids.filter((id) => id === departmentId);
  }

  /** Goes through the departments in their order, and no farther than the page needs. */
  private async collect(
    { semesterId, departmentIds, filter, after }: Listing,
    limit: number,
  ): Promise<{ part: Part<CourseState>; source: AnswerSource }> {
    const items: CourseState[] = [];
    const sources: AnswerSource[] = [];
    for (const departmentId of departmentIds) {
      if (after && departmentId < after.d) continue;
      const { catalogue, source } = await this.catalogue.departmentCatalogue({ semesterId, departmentId });
      sources.push(source);
      const found = catalogue.courses.filter(
        (course) => isListed(course, filter) && hasWords(catalogue.searchTextOf(course), filter.words),
      );
      const part = takePart(found, limit - items.length, after);
      items.push(...part.items);
      if (part.hasMore) return { part: { items, hasMore: true }, source: farthest(sources) };
    }
    return { part: { items, hasMore: false }, source: farthest(sources) };
  }

  private positionIn(query: CourseListQuery): Position | undefined {
    return query.cursor === undefined
      ? undefined
      : this.cursors.decode<Position>(cursorScope(query), query.cursor);
  }

  private empty(): Promise<RenderedBody> {
    const render = () => Promise.resolve({ text: emptyPage, source: 'l1', courseIds: [] } as const);
    return this.pages.get({ key: 'empty', semesterId: undefined, render });
  }
}

/** What a cursor belongs to; the size of a page may change from one to the next. */
function cursorScope({ semesterId, departmentId, instructorId, q, status }: CourseListQuery): object {
  return { list: 'courses', semesterId, departmentId, instructorId, words: wordsOf(q ?? ''), status };
}

function pageKey(query: CourseListQuery, semesterId: string): string {
  const { departmentId = '', instructorId = '', q = '', status = '', limit, cursor = '' } = query;
  // With what the semester was asked by, for the cursor to the next page depends on it.
  const asked = query.semesterId === undefined ? 'current' : 'named';
  return JSON.stringify([asked, semesterId, departmentId, instructorId, q, status, limit, cursor]);
}
