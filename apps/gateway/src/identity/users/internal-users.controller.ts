import { Controller } from '@nestjs/common';
import { internalGatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { stateOf } from '../accounts/user.ts';
import { UserSearchService } from './user-search.service.ts';
import { UserService } from './user.service.ts';

/** Users for other services. */
@Controller()
export class InternalUsersController {
  constructor(
    private readonly users: UserService,
    private readonly search: UserSearchService,
  ) {}

  @Endpoint(routes.findInternalUser)
  async byKey({ query }: Call<typeof routes.findInternalUser>) {
    return stateOf(await this.search.byKey(query));
  }

  @Endpoint(routes.getInternalUser)
  async one({ params }: Call<typeof routes.getInternalUser>) {
    return stateOf(await this.users.byId(params.id));
  }
}
