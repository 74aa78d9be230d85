import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { cookiesOf } from '../../http/cookies.ts';
import type { BegunSession } from '../sessions/session.service.ts';
import { deviceTokenKey, deviceTokenLifeMs, cookieWithToken, deviceInCookie } from './device-token.rules.ts';
import type { KnownDevice } from './device-token.rules.ts';

/**
 * Which devices have signed in to which account before, by a cookie that they keep for as long as the account keeps
 * its password.
 *
 * The cookie is no credential: it keeps its holder's attempts apart from all others, those of neighbours at its address
 * among them.
 */
@Injectable()
export class Devices {
  private readonly key: Buffer;
  private readonly name: string;
  private readonly attributes: string;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'SERVICE_TOKEN_SECRET' | 'LINK_BASE'>) {
    this.key = deviceTokenKey(config.SERVICE_TOKEN_SECRET);
    const isSecure = config.LINK_BASE.startsWith('https:');
    this.name = isSecure ? '__Secure-registrar-device' : 'registrar-device';
    const lifetime = `Max-Age=${deviceTokenLifeMs / 1_000}`;
    this.attributes = `${lifetime}; Path=/api/auth; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  }

  /** This device, where it signed in to the account before; undefined for one that never did. */
  known(cookies: string | undefined, email: string): KnownDevice | undefined {
    return deviceInCookie(this.key, this.tokensIn(cookies), email, Date.now());
  }

  /** `Set-Cookie` of an answer that begins a session: the device is known by it from then on. */
  cookieFor({ answer, epoch }: BegunSession, cookies: string | undefined): string {
    const account = { email: answer.user.email, epoch };
    const value = cookieWithToken(this.key, this.tokensIn(cookies), account, Date.now());
    return `${this.name}=${value}; ${this.attributes}`;
  }

  private tokensIn(cookies: string | undefined): string {
    return cookiesOf(cookies, this.name)[0] ?? '';
  }
}
