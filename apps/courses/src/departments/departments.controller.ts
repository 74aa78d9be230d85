import { Controller } from '@nestjs/common';
import { courseRoutes as routes } from '@registrar/contracts-courses';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { DepartmentsService } from './departments.service.ts';

/** Departments: reading is for everybody, stating them for registrars. */
@Controller()
export class DepartmentsController {
  constructor(private readonly departments: DepartmentsService) {}

  @Endpoint(routes.listDepartments)
  list() {
    return this.departments.list();
  }

  @Endpoint(routes.putDepartment)
  put({ params, body, user }: Call<typeof routes.putDepartment>) {
    return this.departments.put(user.id, params.id, body);
  }
}
