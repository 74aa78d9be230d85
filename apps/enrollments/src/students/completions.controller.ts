import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { Campus } from '../enrollment/campus.ts';
import { RecordImport } from '../record-import/record-import.ts';
import { completionsImport } from './completions-import.ts';
import { CompletionsService } from './completions.service.ts';

/** What students have completed. */
@Controller()
export class CompletionsController {
  private readonly kind: ReturnType<typeof completionsImport>;

  constructor(
    private readonly completions: CompletionsService,
    private readonly imports: RecordImport,
    campus: Campus,
  ) {
    this.kind = completionsImport(campus.grades);
  }

  @Endpoint(routes.listOwnCompletions)
  own({ user, query }: Call<typeof routes.listOwnCompletions>) {
    return this.completions.list(user, user.id, query);
  }

  @Endpoint(routes.listCompletions)
  list({ user, params, query }: Call<typeof routes.listCompletions>) {
    return this.completions.list(user, params.userId, query);
  }

  @Endpoint(routes.noteCompletion)
  note({ user, params, body, idempotency }: Call<typeof routes.noteCompletion>) {
    return this.completions.note(user, params.userId, body, idempotency);
  }

  @Endpoint(routes.removeCompletion)
  async remove({ user, params }: Call<typeof routes.removeCompletion>) {
    await this.completions.remove(user, params.userId, params.id);
  }

  @Endpoint(routes.importCompletions)
  importFile({ user, query, body, idempotency }: Call<typeof routes.importCompletions>) {
    const sent = { user, file: body, isDryRun: query.dryRun, request: idempotency };
    return this.imports.importFile(this.kind, sent);
  }
}
