import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import { publicUrlOf } from '../../config/gateway-config.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { cookiesOf } from '../../http/cookies.ts';
import type { LivingSession } from './session.service.ts';
import { isPlainLoopback } from '../../http/own-page.rules.ts';

/**
 * The cookie that holds the refresh token of a web session; scripts cannot read it, and no page elsewhere sends it.
 *
 * Guarantee: it never travels unencrypted but on loopback. A browser takes `__Host-` cookies only with `Secure`,
 * from this very host, so no other host of the domain can plant one.
 */
@Injectable()
export class SessionCookie {
  private readonly isPlain: boolean;
  private readonly name: string;
  private readonly attributes: string;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'PUBLIC_URL' | 'LINK_BASE'>) {
    this.isPlain = isPlainLoopback(publicUrlOf(config));
    const { isPlain } = this;
    this.name = isPlain ? 'registrar' : '__Host-registrar';
    this.attributes = `Path=/; HttpOnly; SameSite=Strict${isPlain ? '' : '; Secure'}`;
  }

  /** The refresh tokens that a request sends: one, unless somebody meddled. */
  tokensIn(cookies: string | undefined): string[] {
    return cookiesOf(cookies, this.name);
  }

  /** `Set-Cookie` that keeps the refresh token of a session for as long as it lives. */
  holding({ answer, lifeMs }: LivingSession): string {
    const maxAge = Math.max(1, Math.floor(lifeMs / 1_000));
    return `${this.name}=${answer.refreshToken}; Max-Age=${maxAge}; ${this.attributes}`;
  }

  /** `Set-Cookie` by which the portal sees, for a minute, that a session began outside of its pages. */
  begun(): string {
    return `registrar-begun=1; Max-Age=60; Path=/; SameSite=Strict${this.isPlain ? '' : '; Secure'}`;
  }

  /** `Set-Cookie` that removes it. */
  expired(): string {
    return `${this.name}=; Max-Age=0; ${this.attributes}`;
  }
}
