import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { PasswordResetService } from './password-reset.service.ts';

/** A new password by a mailed link. */
@Controller()
export class PasswordResetController {
  constructor(private readonly resets: PasswordResetService) {}

  @Endpoint(routes.requestPasswordReset)
  request({ body }: Call<typeof routes.requestPasswordReset>, @ClientAddress() address: string) {
    return this.resets.request(body.email, address);
  }

  @Endpoint(routes.confirmPasswordReset)
  confirm({ body }: Call<typeof routes.confirmPasswordReset>, @ClientAddress() address: string) {
    return this.resets.confirm(body, address);
  }
}
