import { Controller } from '@nestjs/common';
import { exportCoursesRoutes as routes } from '@registrar/contracts-courses';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PersonalDataRegistry } from '@registrar/privacy';

/** Everything that this service keeps of one person, for the gateway. */
@Controller()
export class ExportController {
  constructor(private readonly data: PersonalDataRegistry) {}

  @Endpoint(routes.exportCoursesData)
  async all({ params }: Call<typeof routes.exportCoursesData>) {
    return this.data.exported(params.id);
  }
}
