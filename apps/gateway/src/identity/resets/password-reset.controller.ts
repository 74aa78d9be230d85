import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Tokenless } from '@registrar/auth';
import { resetConfirmation, resetRequest } from '@registrar/contracts-gateway';
import type { ResetConfirmation } from '@registrar/contracts-gateway';
import { ClientAddress } from '../../http/client-address.ts';
import { PasswordResetService } from './password-reset.service.ts';

/** `/api/auth/password-reset`. */
@Tokenless()
@Controller('api/auth/password-reset')
export class PasswordResetController {
  constructor(private readonly resets: PasswordResetService) {}

  @Post()
  @HttpCode(202)
  request(@Body({ schema: resetRequest }) { email }: { email: string }, @ClientAddress() address: string) {
    return this.resets.request(email, address);
  }

  @Post('confirm')
  @HttpCode(204)
  confirm(@Body({ schema: resetConfirmation }) body: ResetConfirmation, @ClientAddress() address: string) {
    return this.resets.confirm(body, address);
  }
}
