import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CachedBody } from '@registrar/cache';
import type { AnswerSource } from '@registrar/cache';
import type { CourseState } from '@registrar/contracts-courses';
import { courseNotFound } from './course-answers.ts';
import { Catalogue } from './catalogue.ts';
import { CourseTexts } from './course-texts.ts';
import { CoursesRepository } from './courses.repository.ts';
import { RenderedPages } from './rendered-pages.ts';
import type { RenderedBody } from './rendered-pages.ts';
import { farthest } from './source.rules.ts';

/** A single course, ready to be sent. */
interface FoundCourse extends RenderedBody {
  version: number;
  /** False for a draft: what only some may see is not kept by caches that all share. */
  isPublic: boolean;
}

interface Found {
  course: CourseState;
  source: AnswerSource;
}

/** Reads single courses and batches of them: from the department catalogues in memory, else by their keys. */
@Injectable()
export class CourseReaderService {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly repository: CoursesRepository,
    private readonly texts: CourseTexts,
    private readonly pages: RenderedPages,
  ) {}

  /** @throws Problem 404, also for a draft that `user` may not see */
  async one(id: string, user: Identity | undefined): Promise<FoundCourse> {
    const found = await this.find(id);
    if (!found || !maySee(found.course, user)) throw courseNotFound();
    const { course } = found;
    const { semesterId, version, status } = course;
    const render = async () => {
      const [text = ''] = await this.texts.of([course]);
      return { text, source: found.source, courseIds: [id] };
    };
    const page = await this.pages.get({ key: `course ${id} ${version}`, semesterId, render });
    const source = farthest([found.source, page.source]);
    return { ...page, source, version, isPublic: status !== 'draft' };
  }

  /** Courses in the order of `ids`, each once, ready to be sent; drafts count as missing. */
  async batch(ids: readonly string[]): Promise<RenderedBody> {
    const unique = [...new Set(ids)];
    const near = new Map(unique.map((id) => [id, this.catalogue.peek(id)]));
    const far = unique.filter((id) => !near.get(id));
    for (const course of far.length > 0 ? await this.repository.byIds(far) : []) {
      this.catalogue.remember(course);
      near.set(course.id, course);
    }
    const items = [...near.values()].flatMap((course) =>
      course === undefined || course.status === 'draft' ? [] : [course],
    );
    const found = new Set(items.map(({ id }) => id));
    const missing = unique.filter((id) => !found.has(id));
    const texts = await this.texts.of(items);
    const text = `{"items":[${texts.join(',')}],"missing":${JSON.stringify(missing)}}`;
    return { body: CachedBody.of(text), source: far.length > 0 ? 'load' : 'l1' };
  }

  /** From memory; else with the whole department catalogue, where its place is known; else by its key. */
  private async find(id: string): Promise<Found | undefined> {
    const near = this.catalogue.peek(id);
    if (near) return { course: near, source: 'l1' };
    const place = this.catalogue.placeOf(id);
    if (place) {
      const { catalogue, source } = await this.catalogue.departmentCatalogue(place);
      const course = catalogue.course(id);
      if (course) return { course, source };
    }
    const course = await this.repository.byId(id);
    if (!course) return undefined;
    this.catalogue.remember(course);
    return { course, source: 'load' };
  }
}

function maySee({ status, instructorIds }: CourseState, user: Identity | undefined): boolean {
  if (status !== 'draft') return true;
  return hasRole(user, 'registrar') || (user !== undefined && instructorIds.includes(user.id));
}
