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
  one({ params }: Call<typeof routes.getSemester>) {
    return this.semesters.one(params.id);
  }

  @Endpoint(routes.putSemester)
  put({ params, body, user }: Call<typeof routes.putSemester>) {
    return this.changes.put(user.id, params.id, body);
  }
}
