import { Controller } from '@nestjs/common';
import { courseRoutes as routes } from '@registrar/contracts-courses';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { SemesterChangesService } from './semester-changes.service.ts';
import { SemestersService } from './semesters.service.ts';

/** Semesters: reading is for everybody, stating them for registrars. */
@Controller()
export class SemestersController {
  constructor(
    private readonly semesters: SemestersService,
    private readonly changes: SemesterChangesService,
  ) {}

  @Endpoint(routes.listSemesters)
  list() {
    return this.semesters.list();
  }

  @Endpoint(routes.getSemester)
  async one({ params }: Call<typeof routes.getSemester>) {
    const { version, ...sendable } = await this.semesters.one(params.id);
    return { ...sendable, etagPrefix: version };
  }

  @Endpoint(routes.putSemester)
  put({ params, body, user, ifMatch }: Call<typeof routes.putSemester>) {
    return this.changes.put(user.id, params.id, body, ifMatch);
  }
}
