import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { PasswordChangeService } from './password-change.service.ts';

/** Changing the own password. */
@Controller()
export class PasswordChangeController {
  constructor(private readonly passwords: PasswordChangeService) {}

  @Endpoint(routes.changePassword)
  change({ user, body }: Call<typeof routes.changePassword>, @ClientAddress() address: string) {
    return this.passwords.change(user, body, address);
  }
}
