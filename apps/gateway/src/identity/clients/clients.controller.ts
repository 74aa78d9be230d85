import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { clientOf } from './client.ts';
import { ClientSecretsService } from './client-secrets.service.ts';
import { ClientsService } from './clients.service.ts';

/** API clients and their secrets, for admins. */
@Controller()
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
  ) {}

  @Endpoint(routes.listClients)
  list({ query }: Call<typeof routes.listClients>) {
    return this.clients.list(query);
  }

  @Endpoint(routes.getClient)
  async one({ params }: Call<typeof routes.getClient>) {
    return clientOf(await this.clients.byId(params.id));
  }

  @Endpoint(routes.createClient)
  create({ user, body, idempotency }: Call<typeof routes.createClient>, @ClientAddress() address: string) {
    return this.clients.create(user, body, idempotency, address);
  }

  @Endpoint(routes.changeClient)
  change({ user, params, body }: Call<typeof routes.changeClient>, @ClientAddress() address: string) {
    return this.clients.change(user, params.id, body, address);
  }

  @Endpoint(routes.deleteClient)
  remove({ user, params }: Call<typeof routes.deleteClient>, @ClientAddress() address: string) {
    return this.clients.remove(user, params.id, address);
  }

  @Endpoint(routes.createClientSecret)
  createSecret(
    { user, params, idempotency }: Call<typeof routes.createClientSecret>,
    @ClientAddress() address: string,
  ) {
    return this.secrets.create(user, params.id, idempotency, address);
  }

  @Endpoint(routes.deleteClientSecret)
  removeSecret({ user, params }: Call<typeof routes.deleteClientSecret>, @ClientAddress() address: string) {
    return this.secrets.remove(user, params.id, params.secretId, address);
  }
}
