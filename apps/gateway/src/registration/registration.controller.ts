import { Body, Controller, Header, Post } from '@nestjs/common';
import { Tokenless } from '@registrar/auth';
import { registerRequest } from '@registrar/contracts-gateway';
import type { RegisterRequest } from '@registrar/contracts-gateway';
import { ClientAddress } from '../front/client-address.ts';
import { RegistrationService } from './registration.service.ts';

/** `POST /api/auth/register`. */
@Tokenless()
@Controller('api/auth/register')
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post()
  @Header('cache-control', 'no-store')
  register(@Body({ schema: registerRequest }) body: RegisterRequest, @ClientAddress() address: string) {
    return this.registration.register(body, address);
  }
}
