import { Controller } from '@nestjs/common';
import { identityRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../../http/client-address.ts';
import { BackchannelLogoutService } from './backchannel-logout.service.ts';

/** Logout that a provider of the campus tells of. */
@Controller()
export class BackchannelLogoutController {
  constructor(private readonly logout: BackchannelLogoutService) {}

  @Endpoint(routes.endCampusSessions)
  async end({ params, body }: Call<typeof routes.endCampusSessions>, @ClientAddress() address: string) {
    const tokens = new URLSearchParams(Buffer.from(body).toString()).getAll('logout_token');
    const isGood = await this.logout.end(
      params.provider,
      tokens.length === 1 ? (tokens[0] ?? null) : null,
      address,
    );
    if (isGood) return { status: 200, body: undefined };
    // The standard's own body.
    return { status: 400, body: { error: 'invalid_request' } as never };
  }
}
