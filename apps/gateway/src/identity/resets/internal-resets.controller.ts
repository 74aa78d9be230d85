import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Internal } from '@registrar/auth';
import { Problem } from '@registrar/service';
import { PasswordResetService } from './password-reset.service.ts';
import type { ResetLink } from './password-reset.service.ts';

/** The links of reset mails, made when the mail is sent. */
@Internal()
@Controller('internal/password-resets')
export class InternalResetsController {
  constructor(private readonly resets: PasswordResetService) {}

  @Post(':id/link')
  @HttpCode(200)
  async link(@Param('id') id: string): Promise<ResetLink> {
    const link = await this.resets.link(id);
    if (!link) throw new Problem(404, 'reset_not_found', 'This reset is used, expired or unknown.');
    return link;
  }
}
