import { Controller } from '@nestjs/common';
import { internalGatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { AdminBootstrapService } from './admin-bootstrap.service.ts';

/** The first admin, for the staff command line where it has the services' secret. */
@Controller()
export class AdminBootstrapController {
  constructor(private readonly bootstrap: AdminBootstrapService) {}

  @Endpoint(routes.bootstrapAdmin)
  async link({ body }: Call<typeof routes.bootstrapAdmin>) {
    const { link, email, expiresAt } = await this.bootstrap.link(body.email);
    return { link, email, expiresAt };
  }
}
