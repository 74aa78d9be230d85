import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { IdempotentRequests } from '@registrar/idempotency';
import { ClientAddress } from '../../http/client-address.ts';
import { UserSearchService } from './user-search.service.ts';
import { UserService } from './user.service.ts';

/** Users: reading for registrars, changes for admins, and the own names for everybody. */
@Controller()
export class UsersController {
  constructor(
    private readonly users: UserService,
    private readonly search: UserSearchService,
    private readonly idempotent: IdempotentRequests,
  ) {}

  @Endpoint(routes.listUsers)
  find({ query }: Call<typeof routes.listUsers>) {
    return this.search.find(query);
  }

  @Endpoint(routes.getUser)
  one({ params }: Call<typeof routes.getUser>) {
    return this.users.view(params.id);
  }

  @Endpoint(routes.changeOwnProfile)
  changeOwn({ user, body }: Call<typeof routes.changeOwnProfile>, @ClientAddress() address: string) {
    return this.users.changeOwn({ actor: user, address }, body);
  }

  @Endpoint(routes.changeUser)
  change({ user, params, body }: Call<typeof routes.changeUser>, @ClientAddress() address: string) {
    return this.users.change({ actor: user, address }, params.id, body);
  }

  @Endpoint(routes.setRoles)
  setRoles({ user, params, body }: Call<typeof routes.setRoles>, @ClientAddress() address: string) {
    return this.users.setRoles({ actor: user, address }, params.id, body.roles);
  }

  @Endpoint(routes.suspendUser)
  suspend(call: Call<typeof routes.suspendUser>, @ClientAddress() address: string) {
    const { user, params, body, idempotency } = call;
    return this.idempotent.runOnce(idempotency, async () => ({
      status: 200,
      body: await this.users.suspend({ actor: user, address }, params.id, body.reason),
    }));
  }

  @Endpoint(routes.restoreUser)
  restore(call: Call<typeof routes.restoreUser>, @ClientAddress() address: string) {
    const { user, params, idempotency } = call;
    return this.idempotent.runOnce(idempotency, async () => ({
      status: 200,
      body: await this.users.restore({ actor: user, address }, params.id),
    }));
  }
}
