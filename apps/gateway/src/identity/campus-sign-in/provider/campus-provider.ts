import {
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  customFetch,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import type { ServerMetadata } from 'openid-client';
import { claimNamesOf, hasClaim } from '../people/claims.rules.ts';
import type { Claims } from '../people/claims.rules.ts';
import type { OidcProvider } from '../../../config/oidc-providers.ts';
import { refusalOf } from './provider-faults.rules.ts';
import { ProviderMetadata, requestTimeout } from './provider-metadata.ts';
import { providerFetch } from './provider-fetch.ts';

/** Characters of a subject at most, as the standard has it. */
const longestSubject = 255;

/** What proves that an answer of the provider belongs to one attempt. */
export interface AttemptSecrets {
  state: string;
  nonce: string;
  /** The PKCE verifier. */
  verifier: string;
}

/** Whom the provider says somebody is. */
export interface Assertion {
  issuer: string;
  subject: string;
  /** The provider's own session, where it named one. */
  sessionId: string | null;
  idToken: string;
  /** Of the ID token, and of the UserInfo endpoint where that lacked some. */
  claims: Claims;
}

/**
 * One provider of the campus.
 *
 * Guarantee: nothing is asked of it before somebody wants to sign in, and no call lasts more than 5 s. A new signing
 * key of the provider is known at once. Failure: SignInRefused `provider_unavailable` or `provider_refused`.
 */
export class CampusProvider {
  readonly metadata: ProviderMetadata;

  /** @param callbackUrl where it sends people back to */
  constructor(
    readonly settings: OidcProvider,
    private readonly callbackUrl: string,
  ) {
    this.metadata = new ProviderMetadata(settings);
  }

  /** Where to go to sign in. */
  async authorizationUrl({ state, nonce, verifier }: AttemptSecrets): Promise<string> {
    const url = buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.callbackUrl,
      scope: this.settings.scopes.join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /** Whom the provider says that somebody is who came back with `answer`. */
  async assertion(answer: URLSearchParams, secrets: AttemptSecrets): Promise<Assertion> {
    const configuration = await this.configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, new URL(`${this.callbackUrl}?${answer}`), {
        expectedState: secrets.state,
        expectedNonce: secrets.nonce,
        pkceCodeVerifier: secrets.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const { id_token: idToken } = tokens;
      if (!claims || idToken === undefined) throw new Error('no ID token');
      const { iss: issuer, sub: subject, sid } = claims;
      if (subject.length > longestSubject) throw new Error('a subject that is too long');
      const all = await this.completed(configuration, claims, tokens.access_token);
      return { issuer, subject, sessionId: typeof sid === 'string' ? sid : null, idToken, claims: all };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** Where to go to sign out there too; undefined where the provider has no such page. */
  async endSessionUrl(returnUrl: string, idToken: string | undefined): Promise<string | undefined> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: returnUrl,
      ...(idToken !== undefined && { id_token_hint: idToken }),
    }).href;
  }

  private async completed(
    configuration: Configuration,
    claims: Claims,
    accessToken: string,
  ): Promise<Claims> {
    const isWhole = claimNamesOf(this.settings).every((name) => hasClaim(claims, name));
    if (isWhole || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await fetchUserInfo(configuration, accessToken, String(claims['sub']))), ...claims };
  }

  /** One for each use: the library holds keys for 60 s, in which a key that the provider just changed to is unknown. */
  private async configuration(): Promise<Configuration> {
    const server = await this.metadata.get().catch((error: unknown) => {
      throw refusalOf(error);
    });
    const { clientId, clientSecret, issuer } = this.settings;
    const configuration = new Configuration(
      server,
      clientId,
      undefined,
      authenticationFor(server, clientSecret),
    );
    configuration.timeout = requestTimeout;
    configuration[customFetch] = providerFetch;
    enableNonRepudiationChecks(configuration);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Marked so to stand out; the settings allow it on loopback alone.
    if (issuer.startsWith('http:')) allowInsecureRequests(configuration);
    return configuration;
  }
}

/** Basic is what a provider takes that does not say. */
function authenticationFor(server: ServerMetadata, secret: string) {
  const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return taken.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}
