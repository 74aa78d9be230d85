import { Controller, Headers } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { CallingClient } from '../sessions/calling-client.ts';
import type { SessionClient } from '../sessions/session.ts';
import { Devices } from '../sign-in/devices.ts';
import { SignUpService } from './sign-up.service.ts';

/** Making an account; where emails are confirmed first, asking for it. */
@Controller()
export class SignUpController {
  constructor(
    private readonly signUp: SignUpService,
    private readonly devices: Devices,
  ) {}

  @Endpoint(routes.register)
  async register(
    { body }: Call<typeof routes.register>,
    @CallingClient('api') client: SessionClient,
    @Headers('cookie') cookies: string | undefined,
  ) {
    const begun = await this.signUp.signUp(body, client);
    if (!begun) return { status: 202, headers: {}, body: undefined };
    const headers = { 'set-cookie': this.devices.cookieFor(begun, cookies) };
    return { status: 201, headers, body: begun.answer };
  }
}
