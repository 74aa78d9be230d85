import { Controller, Headers } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { CallingClient } from '../sessions/calling-client.ts';
import type { SessionClient } from '../sessions/session.ts';
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
    @CallingClient('api') client: SessionClient,
    @Headers('cookie') cookies: string | undefined,
  ) {
    const begun = await this.signIn.signIn(body, client, this.devices.known(cookies, body.email));
    const headers = { 'set-cookie': this.devices.cookieFor(begun, cookies) };
    return { status: 200, headers, body: begun.answer };
  }
}
