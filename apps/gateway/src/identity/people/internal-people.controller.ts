import { Controller } from '@nestjs/common';
import { internalGatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { stateOf } from '../accounts/user.ts';
import { PeopleService } from './people.service.ts';

/** People as other services ask for them. */
@Controller()
export class InternalPeopleController {
  constructor(private readonly people: PeopleService) {}

  @Endpoint(routes.findInternalUser)
  async byEmail({ query }: Call<typeof routes.findInternalUser>) {
    return stateOf(await this.people.byEmail(query.email));
  }

  @Endpoint(routes.getInternalUser)
  async one({ params }: Call<typeof routes.getInternalUser>) {
    return stateOf(await this.people.byId(params.id));
  }
}
