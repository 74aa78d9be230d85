import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@registrar/contracts-gateway';
import type { Answer } from '@registrar/idempotency';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import type { BegunSession } from '../sessions/session.service.ts';
import { deviceTokenKey, deviceTokenLifeMs, cookieWithToken, epochInCookie } from './device-token.rules.ts';

/** A cookie of a request's header; empty where it is not there. */
function cookieOf(header: string | undefined, name: string): string {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/**
 * Which devices have signed in to which account before, by a cookie that they keep for as long as the account keeps
 * its password.
 *
 * The cookie signs nobody in: it keeps its holder's attempts apart from those of strangers.
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

  /** The account's session epoch of when this device signed in to it; undefined for one that never did. */
  known(cookies: string | undefined, email: string): number | undefined {
    return epochInCookie(this.key, cookieOf(cookies, this.name), email, Date.now());
  }

  /** The answer of a call that began a session: with the cookie by which the device is known from then on. */
  remembered({ answer, epoch }: BegunSession, status: number, cookies: string | undefined): Answer<Session> {
    const account = { email: answer.user.email, epoch };
    const value = cookieWithToken(this.key, cookieOf(cookies, this.name), account, Date.now());
    return { status, headers: { 'set-cookie': `${this.name}=${value}; ${this.attributes}` }, body: answer };
  }
}
