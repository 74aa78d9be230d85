import { Controller, Headers } from '@nestjs/common';
import { identityRoutes as routes } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { CallingClient } from '../sessions/calling-client.ts';
import type { SessionClient } from '../sessions/session.ts';
import { SessionCookie } from '../sessions/session-cookie.ts';
import { CampusSignInService } from './campus-sign-in.service.ts';

/** Signing in by the campus, in a browser. */
@Controller()
export class CampusSignInController {
  constructor(
    private readonly signIn: CampusSignInService,
    private readonly cookie: SessionCookie,
  ) {}

  @Endpoint(routes.startCampusSignIn)
  async start(
    { params, query }: Call<typeof routes.startCampusSignIn>,
    @Headers('cookie') sent: string | undefined,
  ) {
    const { location, cookies } = await this.signIn.start(params.provider, query.returnTo ?? '/', sent);
    return { status: 302, headers: { location, 'set-cookie': cookies }, body: undefined };
  }

  @Endpoint(routes.endCampusSignIn)
  async finish(
    { params, query }: Call<typeof routes.endCampusSignIn>,
    @CallingClient('web') client: SessionClient,
    @Headers('cookie') sent: string | undefined,
  ) {
    const { location, cookies, session } = await this.signIn.finish(params.provider, query, client, sent);
    const begun = session ? [this.cookie.holding(session), this.cookie.begun()] : [];
    return { status: 303, headers: { location, 'set-cookie': [...cookies, ...begun] }, body: undefined };
  }
}
