import { Controller, Headers, UseGuards } from '@nestjs/common';
import { gatewayRoutes as routes } from '@registrar/contracts-gateway';
import type { WebSession } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { ClientAddress } from '../../http/client-address.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { CampusLogoutUrl } from '../sessions/campus-logout-url.ts';
import { CallingClient } from '../sessions/calling-client.ts';
import type { SessionClient } from '../sessions/session.ts';
import { invalidToken, SessionService } from '../sessions/session.service.ts';
import type { LivingSession } from '../sessions/session.service.ts';
import { Devices } from '../sign-in/devices.ts';
import { SignInService } from '../sign-in/sign-in.service.ts';
import { OwnPageGuard } from './own-page.guard.ts';
import { SessionCookie } from '../sessions/session-cookie.ts';

/** Cookies of a request that are looked at when it signs out. */
const mostEnded = 4;

/** Sessions of the portal: the refresh token is in a cookie that its scripts cannot read. */
@Controller()
@UseGuards(OwnPageGuard)
export class WebSessionController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionService,
    private readonly devices: Devices,
    private readonly cookie: SessionCookie,
    private readonly logoutUrl: CampusLogoutUrl,
    private readonly audit: AuditLog,
  ) {}

  @Endpoint(routes.webLogin)
  async login(
    { body }: Call<typeof routes.webLogin>,
    @CallingClient('web') client: SessionClient,
    @Headers('cookie') cookies: string | undefined,
  ) {
    const begun = await this.signIn.signIn(body, client, this.devices.known(cookies, body.email));
    return this.answer(begun, this.devices.cookieFor(begun, cookies));
  }

  /** A refusal leaves the cookie as it is: another tab may have put a newer one there. */
  @Endpoint(routes.webRefresh)
  async refresh(
    _call: Call<typeof routes.webRefresh>,
    @ClientAddress() address: string,
    @Headers('cookie') cookies: string | undefined,
  ) {
    const [token, ...others] = this.cookie.tokensIn(cookies);
    if (token === undefined || others.length > 0) throw invalidToken();
    return this.answer(await this.sessions.refresh(token, address));
  }

  @Endpoint(routes.webLogout)
  async logout(
    _call: Call<typeof routes.webLogout>,
    @ClientAddress() address: string,
    @Headers('cookie') cookies: string | undefined,
  ) {
    let logoutUrl: string | null = null;
    for (const token of this.cookie.tokensIn(cookies).slice(0, mostEnded)) {
      const ended = await this.sessions.endByToken(token);
      if (!ended) continue;
      this.audit.record('logout', 'succeeded', { actorId: ended.userId, address });
      logoutUrl ??= await this.logoutUrl.after(ended.campus);
    }
    const headers = { 'set-cookie': this.cookie.expired(), 'clear-site-data': '"cache"' };
    return { status: 200, headers, body: { logoutUrl } };
  }

  private answer(session: LivingSession, ...cookies: string[]) {
    const { user, accessToken, expiresIn } = session.answer;
    const body: WebSession = { user, accessToken, expiresIn };
    return {
      status: 200,
      headers: { 'set-cookie': [this.cookie.holding(session), ...cookies] },
      body,
    };
  }
}
