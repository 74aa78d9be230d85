import { Body, Controller, Header, Post, UseInterceptors } from '@nestjs/common';
import { Tokenless } from '@registrar/auth';
import { registerRequest } from '@registrar/contracts-gateway';
import type { RegisterRequest } from '@registrar/contracts-gateway';
import { ClientAddress } from '../../http/client-address.ts';
import { RememberDevice } from '../sign-in/remember-device.interceptor.ts';
import { RegistrationService } from './registration.service.ts';

/** `POST /api/auth/register`. */
@Tokenless()
@Controller('api/auth/register')
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post()
  @Header('cache-control', 'no-store')
  @UseInterceptors(RememberDevice)
  register(@Body({ schema: registerRequest }) body: RegisterRequest, @ClientAddress() address: string) {
    return this.registration.register(body, address);
  }
}
