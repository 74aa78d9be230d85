import { Controller } from '@nestjs/common';
import { internalGatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { Problem } from '@registrar/service';
import { PasswordResetService } from './password-reset.service.ts';

/** The links of reset mails, made when the mail is sent. */
@Controller()
export class InternalResetsController {
  constructor(private readonly resets: PasswordResetService) {}

  @Endpoint(routes.makeResetLink)
  async link({ params }: Call<typeof routes.makeResetLink>) {
    const link = await this.resets.link(params.id);
    if (!link) throw new Problem(404, 'reset_not_found', 'This reset is used, expired or unknown.');
    return link;
  }
}
