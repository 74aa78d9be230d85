import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { CampusProvider } from '../provider/campus-provider.ts';
import { providerFetch } from '../provider/provider-fetch.ts';

/** What a logout token asks to end; at least one is named. */
export interface LogoutRequest {
  subject: string | undefined;
  sessionId: string | undefined;
  /** The token's own id. */
  tokenId: string;
}

/** The event that a logout token is about. */
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** How old a logout token may be, seconds; clocks may differ by `skew`. */
const maxAge = 300;
const skew = 30;

/** How long the id of a used logout token is kept, ms: for as long as it would be good. */
export const logoutTokenLifeMs = (maxAge + 2 * skew) * 1_000;

/** Key sets are asked for again at most so often for a key that they lack, ms. */
const cooldownMs = 1_000;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** Checks logout tokens of the providers (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
@Injectable()
export class LogoutTokens {
  private readonly keySets = new Map<string, KeySet>();

  /** @throws Error of jose or of ours, for a token that is not a good one of the provider; ProviderUnavailable where it is away */
  async verify(token: string, provider: CampusProvider): Promise<LogoutRequest> {
    const {
      issuer,
      jwks_uri: keysUrl,
      id_token_signing_alg_values_supported: algorithms,
    } = await provider.metadata.get();
    const { payload } = await jwtVerify(token, this.keySetOf(keysUrl), {
      issuer,
      audience: provider.settings.clientId,
      typ: 'logout+jwt',
      algorithms: asymmetric(algorithms),
      requiredClaims: ['iat', 'exp', 'jti'],
      maxTokenAge: maxAge,
      clockTolerance: skew,
    });
    return requestOf(payload);
  }

  private keySetOf(url: string | undefined): KeySet {
    if (url === undefined) throw new Error('the provider has no keys');
    const known = this.keySets.get(url);
    if (known) return known;
    const made = createRemoteJWKSet(new URL(url), {
      cooldownDuration: cooldownMs,
      timeoutDuration: 5_000,
      [customFetch]: providerFetch as never,
    });
    this.keySets.set(url, made);
    return made;
  }
}

/** Algorithms that need no secret of ours. */
function asymmetric(supported: unknown): string[] {
  const named = Array.isArray(supported) ? (supported as string[]) : ['RS256'];
  return named.filter((algorithm) => /^(?:RS|PS|ES)(?:256|384|512)$|^Ed(?:DSA|25519)$/.test(algorithm));
}

function requestOf({ sub, sid, jti = '', nonce, events }: JWTPayload): LogoutRequest {
  const event = (events as Record<string, unknown> | null | undefined)?.[logoutEvent];
  if (typeof event !== 'object' || event === null) throw new Error('no logout event');
  if (nonce !== undefined) throw new Error('a nonce');
  const sessionId = typeof sid === 'string' && sid !== '' ? sid : undefined;
  if (sub === undefined && sessionId === undefined) throw new Error('neither sub nor sid');
  return { subject: sub, sessionId, tokenId: jti };
}
