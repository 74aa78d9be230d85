import { Controller } from '@nestjs/common';
import { exportNotificationsRoutes as routes } from '@registrar/contracts-notifications';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PersonalDataRegistry } from '@registrar/privacy';

/** Everything that this service keeps of one person, for the gateway. */
@Controller()
export class ExportController {
  constructor(private readonly data: PersonalDataRegistry) {}

  @Endpoint(routes.exportNotificationsData)
  async all({ params }: Call<typeof routes.exportNotificationsData>) {
    return this.data.exported(params.id);
  }
}
