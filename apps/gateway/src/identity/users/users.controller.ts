import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { UserService } from './user.service.ts';

/** Users: reading for registrars, changes for admins. */
@Controller()
export class UsersController {
  constructor(private readonly users: UserService) {}

  @Endpoint(routes.listUsers)
  find({ query }: Call<typeof routes.listUsers>) {
    return this.users.find(query);
  }

  @Endpoint(routes.getUser)
  one({ params }: Call<typeof routes.getUser>) {
    return this.users.view(params.id);
  }

  @Endpoint(routes.changeUser)
  change({ user, params, body }: Call<typeof routes.changeUser>, @ClientAddress() address: string) {
    return this.users.change(user, params.id, body, address);
  }

  @Endpoint(routes.setRoles)
  setRoles({ user, params, body }: Call<typeof routes.setRoles>, @ClientAddress() address: string) {
    return this.users.setRoles(user, params.id, body.roles, address);
  }
}
