import { Controller } from '@nestjs/common';
import { privateCacheControl } from '@registrar/contracts-http';
import { courseRoutes as routes } from '@registrar/contracts-courses';
import { Endpoint } from '@registrar/endpoint';
import type { Call, CachedAnswer } from '@registrar/endpoint';
import { CourseChangesService } from './course-changes.service.ts';
import { CourseListService } from '../catalogue/course-list.service.ts';
import { CourseReaderService } from '../catalogue/course-reader.service.ts';

/** The catalogue's courses: reading is for everybody, changing for registrars. */
@Controller()
export class CoursesController {
  constructor(
    private readonly lists: CourseListService,
    private readonly reader: CourseReaderService,
    private readonly changes: CourseChangesService,
  ) {}

  @Endpoint(routes.listCourses)
  async list({ query, user }: Call<typeof routes.listCourses>) {
    return kept(await this.lists.page(query, user), query.status !== 'draft');
  }

  @Endpoint(routes.getCourse)
  async one({ params, user }: Call<typeof routes.getCourse>) {
    const found = await this.reader.one(params.id, user);
    return { ...kept(found, found.isPublic), etagPrefix: found.version };
  }

  @Endpoint(routes.getCourses)
  batch({ body }: Call<typeof routes.getCourses>) {
    return this.reader.batch(body.ids);
  }

  @Endpoint(routes.createCourse)
  create({ body, user, idempotency }: Call<typeof routes.createCourse>) {
    return this.changes.create(user.id, body, idempotency);
  }

  @Endpoint(routes.changeCourse)
  change({ params, body, user, ifMatch }: Call<typeof routes.changeCourse>) {
    return this.changes.change(user.id, params.id, body, ifMatch);
  }

  @Endpoint(routes.cancelCourse)
  cancel({ params, user, ifMatch }: Call<typeof routes.cancelCourse>) {
    return this.changes.cancel(user.id, params.id, ifMatch);
  }
}

/** What only some may see is not kept by caches that all share. */
function kept({ body, source }: CachedAnswer, isPublic: boolean): CachedAnswer {
  return isPublic ? { body, source } : { body, source, cacheControl: privateCacheControl };
}
