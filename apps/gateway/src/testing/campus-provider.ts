import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import type { Configuration, JWK } from 'oidc-provider';
import { fetch as undiciFetch } from 'undici';

/** Somebody whom a provider under test knows. */
export interface CampusMember {
  sub: string;
  [claim: string]: unknown;
}

/** What of a provider under test may be another. */
interface CampusOptions {
  /** Whether claims are only told by the UserInfo endpoint, as the standard has it. */
  onlyUserInfo?: boolean;
}

/** The origin that gateways under test say they are reached at; nothing listens there. */
export const publicUrl = 'http://127.0.0.1:3000';

/** A real provider of OpenID Connect, in the process of the test, which signs everybody in who says who they are. */
export class TestCampus {
  readonly members = new Map<string, CampusMember>();
  readonly clientSecret = 'the secret of the client under test';
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));
  private provider: Provider | undefined;
  private logoutUrl: string | undefined;

  constructor(
    readonly id: string,
    private readonly options: CampusOptions = {},
  ) {}

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The settings that a gateway needs for it. */
  settings(own: Record<string, unknown> = {}): Record<string, unknown> {
    const { id, issuer, clientSecret } = this;
    return { id, name: `Sign in by ${id}`, issuer, clientId: 'registrar', clientSecret, ...own };
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    await this.changeKeys();
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Signs with another key from now on; sessions at the provider end too. */
  async changeKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' };
    this.provider = new Provider(this.issuer, this.configuration(key as JWK));
  }

  /** Tells this gateway when somebody signs out. */
  async tellLogoutTo(gatewayUrl: string): Promise<void> {
    this.logoutUrl = `${gatewayUrl}/api/auth/oidc/${this.id}/backchannel-logout`;
    await this.changeKeys();
  }

  /** Somebody new, with these claims. */
  addMember(sub: string, claims: Record<string, unknown> = {}): CampusMember {
    const member = { sub, ...claims };
    this.members.set(sub, member);
    return member;
  }

  private configuration(key: JWK): Configuration {
    const { clientSecret, id, logoutUrl } = this;
    return {
      jwks: { keys: [key] },
      clients: [
        {
          client_id: 'registrar',
          client_secret: clientSecret,
          redirect_uris: [`${publicUrl}/api/auth/oidc/${id}/callback`],
          post_logout_redirect_uris: [`${publicUrl}/sign-in`],
          ...(logoutUrl !== undefined && {
            backchannel_logout_uri: logoutUrl,
            backchannel_logout_session_required: true,
          }),
        },
      ],
      claims: {
        openid: ['sub', 'number', 'groups', 'sid'],
        email: ['email', 'email_verified'],
        profile: ['name', 'given_name', 'family_name'],
      },
      conformIdTokenClaims: this.options.onlyUserInfo ?? false,
      cookies: { keys: ['a key of the tests'] },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
      },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => {
        const member = this.members.get(sub);
        return member && { accountId: sub, claims: () => member };
      },
      loadExistingGrant: async ({ oidc }) => {
        const { client, account, provider } = oidc;
        const grant = new provider.Grant({ clientId: client?.clientId, accountId: account?.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
      // Its own dispatcher refuses to call loopback.
      fetch: (url, options) =>
        undiciFetch(
          url as URL,
          { ...options, dispatcher: undefined } as object,
        ) as unknown as Promise<Response>,
    };
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { provider } = this;
    if (!provider) return void response.writeHead(503).end();
    if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response);
    const accountId = String(request.headers['x-member']);
    const result =
      accountId === 'nobody'
        ? { error: 'access_denied', error_description: 'They left.' }
        : { login: { accountId } };
    await provider.interactionFinished(request, response, result);
  }
}
