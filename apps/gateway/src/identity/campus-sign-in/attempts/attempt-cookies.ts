import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import { publicUrlOf } from '../../../config/gateway-config.ts';
import type { GatewayConfig } from '../../../config/gateway-config.ts';
import { isPlainLoopback } from '../../../http/own-page.rules.ts';
import { SealingKey } from '../../sessions/sealing-key.ts';
import { attemptIdOf, attemptLifeMs } from './attempt.rules.ts';
import type { SignInAttempt } from './attempt.rules.ts';

/** Attempts that a browser holds at once: beyond, the oldest are given up. */
const mostAttempts = 5;
/** Bytes of their cookies: a request's headers have 16 KB in all. */
const mostBytes = 8_000;

/**
 * The cookies that hold attempts to sign in, one each, so that two tabs do not disturb one another.
 *
 * Guarantee: nobody but this system can read or make one; it belongs to the browser that the attempt began in. `Lax`,
 * as the browser comes back from another site.
 */
@Injectable()
export class AttemptCookies {
  private readonly key: SealingKey;
  private readonly prefix: string;
  private readonly attributes: string;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    const isPlain = isPlainLoopback(publicUrlOf(config));
    this.key = new SealingKey(config.SERVICE_TOKEN_SECRET, 'campus sign-in attempt');
    this.prefix = isPlain ? 'registrar-oidc-' : '__Secure-registrar-oidc-';
    this.attributes = `Path=/api/auth/oidc; HttpOnly; SameSite=Lax${isPlain ? '' : '; Secure'}`;
  }

  /** `Set-Cookie` of a new attempt, and of those that are abandoned for it. */
  holding(attempt: SignInAttempt, cookies: string | undefined, now: number): string[] {
    const name = this.nameOf(attemptIdOf(attempt.state) ?? '');
    const cookie = `${name}=${this.key.seal(JSON.stringify(attempt), name)}; Max-Age=${attemptLifeMs / 1_000}; ${this.attributes}`;
    return [cookie, ...this.abandonedFor(cookie, cookies, now).map((each) => this.expired(each))];
  }

  /** The attempt that `state` belongs to, if this browser began it, with the `Set-Cookie` that ends it. */
  find(
    state: string,
    cookies: string | undefined,
    now: number,
  ): { attempt: SignInAttempt; end: string } | undefined {
    const id = attemptIdOf(state);
    if (id === undefined) return undefined;
    const name = this.nameOf(id);
    for (const held of this.heldIn(cookies)) {
      const attempt = held.name === name ? this.open(name, held.value, now) : undefined;
      if (attempt?.state === state) return { attempt, end: this.expired(name) };
    }
    return undefined;
  }

  /** Names of the oldest attempts of a browser, which make room for a new one. */
  private abandonedFor(cookie: string, cookies: string | undefined, now: number): string[] {
    const newestFirst = this.heldIn(cookies)
      .map((each) => ({ ...each, expiresAt: this.open(each.name, each.value, now)?.expiresAt ?? 0 }))
      .sort((one, other) => other.expiresAt - one.expiresAt);
    let size = cookie.length;
    return newestFirst
      .filter(({ value }, at) => (size += value.length) > mostBytes || at >= mostAttempts - 1)
      .map(({ name }) => name);
  }

  private open(name: string, value: string, now: number): SignInAttempt | undefined {
    const text = this.key.open(value, name);
    const attempt = text === undefined ? undefined : (JSON.parse(text) as SignInAttempt);
    return attempt && attempt.expiresAt > now ? attempt : undefined;
  }

  private heldIn(cookies: string | undefined): { name: string; value: string }[] {
    return (cookies ?? '').split(';').flatMap((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return name.startsWith(this.prefix) ? [{ name, value }] : [];
    });
  }

  private nameOf(attemptId: string): string {
    return `${this.prefix}${attemptId}`;
  }

  private expired(name: string): string {
    return `${name}=; Max-Age=0; ${this.attributes}`;
  }
}
