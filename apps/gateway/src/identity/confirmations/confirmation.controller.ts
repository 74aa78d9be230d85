import { Controller } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { ConfirmationService } from './confirmation.service.ts';

/** Confirming the email of a new account. */
@Controller()
export class ConfirmationController {
  constructor(private readonly confirmations: ConfirmationService) {}

  @Endpoint(routes.confirmEmail)
  confirm({ body }: Call<typeof routes.confirmEmail>, @ClientAddress() address: string) {
    return this.confirmations.confirm(body.token, address);
  }

  @Endpoint(routes.resendConfirmation)
  resend({ body }: Call<typeof routes.resendConfirmation>) {
    return this.confirmations.resend(body.email);
  }
}
