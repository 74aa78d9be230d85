import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { UserSessions } from './user-sessions.service.ts';

/** The sessions of a user. */
@Controller()
export class UserSessionsController {
  constructor(private readonly sessions: UserSessions) {}

  @Endpoint(routes.listSessions)
  list({ user }: Call<typeof routes.listSessions>) {
    return this.sessions.list(user);
  }

  @Endpoint(routes.endSession)
  endOne({ user, params }: Call<typeof routes.endSession>, @ClientAddress() address: string) {
    return this.sessions.endOne(user, params.id, address);
  }

  @Endpoint(routes.endUserSessions)
  endAll({ user, params }: Call<typeof routes.endUserSessions>, @ClientAddress() address: string) {
    return this.sessions.endAll(user, params.id, address);
  }
}
