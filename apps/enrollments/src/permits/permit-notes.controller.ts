import { Controller } from '@nestjs/common';
import { internalEnrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { Problem } from '@registrar/service';
import { PermitsRepository } from './permits.repository.ts';

/** What the notifications service asks when it makes a message: no event carries what somebody wrote. */
@Controller()
export class PermitNotesController {
  constructor(private readonly permits: PermitsRepository) {}

  @Endpoint(routes.getPermitNote)
  async getPermitNote({ params }: Call<typeof routes.getPermitNote>) {
    const note = await this.permits.noteOf(params.id);
    if (note === undefined) throw new Problem(404, 'permit_not_found', 'There is no such permit.');
    return { note };
  }
}
