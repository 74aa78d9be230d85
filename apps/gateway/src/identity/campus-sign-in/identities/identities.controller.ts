import { Controller } from '@nestjs/common';
import { identityRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../../http/client-address.ts';
import { IdentitiesService } from './identities.service.ts';

/** The providers of the campus that the caller can sign in by. */
@Controller()
export class IdentitiesController {
  constructor(private readonly identities: IdentitiesService) {}

  @Endpoint(routes.listIdentities)
  list({ user }: Call<typeof routes.listIdentities>) {
    return this.identities.list(user);
  }

  @Endpoint(routes.linkIdentity)
  async link({ user, params }: Call<typeof routes.linkIdentity>) {
    const { location: url, cookies } = await this.identities.link(user, params.id);
    return { status: 200, headers: { 'set-cookie': cookies }, body: { url } };
  }

  @Endpoint(routes.unlinkIdentity)
  unlink({ user, params }: Call<typeof routes.unlinkIdentity>, @ClientAddress() address: string) {
    return this.identities.unlink(user, params.id, address);
  }
}
