import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ImportService } from './import.service.ts';

/** Enrolling the students of a file. */
@Controller()
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  @Endpoint(routes.importEnrollments)
  import({ query, body, user, idempotency }: Call<typeof routes.importEnrollments>) {
    // A dry run changes nothing, and shows how things are now: no answer of it is kept.
    return query.dryRun ? this.imports.dryRun(user, body) : this.imports.importFile(user, body, idempotency);
  }
}
