import { Controller } from '@nestjs/common';
import { internalGatewayRoutes as routes } from '@registrar/contracts-gateway';
import type { AccountMail } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { Problem } from '@registrar/service';
import { ConfirmationService } from '../confirmations/confirmation.service.ts';
import { PasswordResetService } from '../resets/password-reset.service.ts';

/** What mails about accounts say, decided when they are sent. The id of a mail is that of what it is about. */
@Controller()
export class InternalMailsController {
  constructor(
    private readonly confirmations: ConfirmationService,
    private readonly resets: PasswordResetService,
  ) {}

  @Endpoint(routes.makeAccountMail)
  async content({ params: { id } }: Call<typeof routes.makeAccountMail>): Promise<AccountMail> {
    const mail = id.startsWith('cnf_') ? await this.confirmations.mail(id) : await this.signInLink(id);
    if (mail) return mail;
    throw new Problem(404, 'mail_not_found', 'There is nothing to mail: it is used, expired or unknown.');
  }

  private async signInLink(id: string): Promise<AccountMail | undefined> {
    const reset = await this.resets.link(id);
    return reset && { kind: 'sign_in_link', ...reset };
  }
}
