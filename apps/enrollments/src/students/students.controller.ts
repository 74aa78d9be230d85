import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { RecordImport } from '../record-import/record-import.ts';
import { studentsImport } from './students-import.ts';
import { StudentsService } from './students.service.ts';

/** Students' records. */
@Controller()
export class StudentsController {
  constructor(
    private readonly students: StudentsService,
    private readonly imports: RecordImport,
  ) {}

  @Endpoint(routes.getOwnStudent)
  own({ user }: Call<typeof routes.getOwnStudent>) {
    return this.students.one(user, user.id);
  }

  @Endpoint(routes.getStudent)
  one({ user, params }: Call<typeof routes.getStudent>) {
    return this.students.one(user, params.userId);
  }

  @Endpoint(routes.changeStudent)
  change({ user, params, body, ifMatch }: Call<typeof routes.changeStudent>) {
    return this.students.change(user, params.userId, body, ifMatch);
  }

  @Endpoint(routes.importStudents)
  importFile({ user, query, body, idempotency }: Call<typeof routes.importStudents>) {
    const sent = { user, file: body, isDryRun: query.dryRun, request: idempotency };
    return this.imports.importFile(studentsImport, sent);
  }
}
