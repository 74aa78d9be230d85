import { Controller } from '@nestjs/common';
import { gatewayRoutes, internalGatewayRoutes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { ErasureService } from './erasure.service.ts';

const routes = { ...gatewayRoutes, ...internalGatewayRoutes };

/** Erasures: begun by admins, reported by the services. */
@Controller()
export class ErasureController {
  constructor(private readonly erasures: ErasureService) {}

  @Endpoint(routes.eraseUser)
  erase({ user, params, idempotency }: Call<typeof routes.eraseUser>, @ClientAddress() address: string) {
    return this.erasures.begin({ actor: user, address }, params.id, idempotency);
  }

  @Endpoint(routes.getErasure)
  one({ params }: Call<typeof routes.getErasure>) {
    return this.erasures.one(params.id);
  }

  @Endpoint(routes.reportErased)
  reported({ params }: Call<typeof routes.reportErased>) {
    return this.erasures.reported(params.id, params.name);
  }
}
