import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { SessionService } from './session.service.ts';

/** Going on and signing out. */
@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly audit: AuditLog,
  ) {}

  @Endpoint(routes.refresh)
  async refresh({ body }: Call<typeof routes.refresh>, @ClientAddress() address: string) {
    return (await this.sessions.refresh(body.refreshToken, address)).answer;
  }

  @Endpoint(routes.logout)
  async logout({ user }: Call<typeof routes.logout>, @ClientAddress() address: string): Promise<void> {
    await this.sessions.end(user, 'logout');
    this.audit.record('logout', 'succeeded', { actorId: user.id, address });
  }
}
