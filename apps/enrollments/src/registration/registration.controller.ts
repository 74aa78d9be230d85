import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ChangesService } from './changes.service.ts';
import { GradesService } from './grades.service.ts';
import { RegistrationService } from './registration.service.ts';

/** Taking, giving up, swapping and completing seats. */
@Controller()
export class RegistrationController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly changes: ChangesService,
    private readonly grades: GradesService,
  ) {}

  @Endpoint(routes.enroll)
  enroll({ user, body, idempotency }: Call<typeof routes.enroll>) {
    return this.registration.enroll(user, body, idempotency);
  }

  @Endpoint(routes.changeEnrollments)
  change({ user, body, query, idempotency }: Call<typeof routes.changeEnrollments>) {
    return this.changes.change(user, body, { dryRun: query.dryRun, request: idempotency });
  }

  @Endpoint(routes.swap)
  swap({ user, body, idempotency }: Call<typeof routes.swap>) {
    return this.registration.swap(user, body, idempotency);
  }

  @Endpoint(routes.drop)
  drop({ user, params }: Call<typeof routes.drop>) {
    return this.registration.drop(user, params.id);
  }

  @Endpoint(routes.complete)
  complete({ user, params, body }: Call<typeof routes.complete>) {
    return this.registration.complete(user, params.id, body);
  }

  @Endpoint(routes.gradeCourse)
  gradeCourse({ user, params, body, idempotency }: Call<typeof routes.gradeCourse>) {
    return this.grades.gradeCourse(user, params.id, body, idempotency);
  }
}
