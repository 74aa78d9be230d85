import { Controller } from '@nestjs/common';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PersonalDataRegistry } from '../personal-data-registry.ts';
import { exportRoutes as routes } from './export.routes.ts';

/** Everything that this service keeps of one person, for the gateway. */
@Controller()
export class ExportController {
  constructor(private readonly data: PersonalDataRegistry) {}

  @Endpoint(routes.exportPersonalData)
  all({ params }: Call<typeof routes.exportPersonalData>) {
    return this.data.exported(params.id);
  }
}
