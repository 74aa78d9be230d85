import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { userOf } from '../accounts/user.ts';
import { PeopleService } from './people.service.ts';

/** Users: reading for registrars, roles for admins. */
@Controller()
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Endpoint(routes.listUsers)
  find({ query }: Call<typeof routes.listUsers>) {
    return this.people.find(query);
  }

  @Endpoint(routes.getUser)
  async one({ params }: Call<typeof routes.getUser>) {
    return userOf(await this.people.byId(params.id));
  }

  @Endpoint(routes.setRoles)
  setRoles({ user, params, body }: Call<typeof routes.setRoles>, @ClientAddress() address: string) {
    return this.people.setRoles(user, params.id, body.roles, address);
  }
}
