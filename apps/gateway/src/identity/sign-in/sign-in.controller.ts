import { Controller, Headers } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { Devices } from './devices.ts';
import { SignInService } from './sign-in.service.ts';

/** Signing in with a password. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignInService,
    private readonly devices: Devices,
  ) {}

  @Endpoint(routes.login)
  async login(
    { body }: Call<typeof routes.login>,
    @ClientAddress() address: string,
    @Headers('cookie') cookies: string | undefined,
  ) {
    const begun = await this.signIn.signIn(body, address, this.devices.known(cookies, body.email));
    const headers = { 'set-cookie': this.devices.cookieFor(begun, cookies) };
    return { status: 200, headers, body: begun.answer };
  }
}
