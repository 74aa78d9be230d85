import { Controller } from '@nestjs/common';
import { exportEnrollmentsRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PersonalDataRegistry } from '@registrar/privacy';

/** Everything that this service keeps of one person, for the gateway. */
@Controller()
export class ExportController {
  constructor(private readonly data: PersonalDataRegistry) {}

  @Endpoint(routes.exportEnrollmentsData)
  async all({ params }: Call<typeof routes.exportEnrollmentsData>) {
    return this.data.exported(params.id);
  }
}
