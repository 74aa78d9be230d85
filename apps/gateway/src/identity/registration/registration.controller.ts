import { Controller, Headers } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { Devices } from '../sign-in/devices.ts';
import { RegistrationService } from './registration.service.ts';

/** Making an account. */
@Controller()
export class RegistrationController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly devices: Devices,
  ) {}

  @Endpoint(routes.register)
  async register(
    { body }: Call<typeof routes.register>,
    @ClientAddress() address: string,
    @Headers('cookie') cookies: string | undefined,
  ) {
    return this.devices.remembered(await this.registration.register(body, address), 201, cookies);
  }
}
