import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { changePasswordRequest } from '@registrar/contracts-gateway';
import type { ChangePasswordRequest } from '@registrar/contracts-gateway';
import { ClientAddress } from '../../http/client-address.ts';
import { PasswordChangeService } from './password-change.service.ts';

/** `POST /api/auth/password`. */
@Controller('api/auth/password')
export class PasswordChangeController {
  constructor(private readonly passwords: PasswordChangeService) {}

  @Post()
  @HttpCode(204)
  change(
    @CurrentUser() user: Identity,
    @Body({ schema: changePasswordRequest }) body: ChangePasswordRequest,
    @ClientAddress() address: string,
  ) {
    return this.passwords.change(user, body, address);
  }
}
