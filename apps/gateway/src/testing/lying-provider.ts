import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { JWK, JWTPayload } from 'jose';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** Answers a request in another way than an honest provider. */
type Lie = (request: IncomingMessage, response: ServerResponse) => void;

/** What tests change of an honest ID token. */
export interface TokenLie {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: Key | Uint8Array;
  /** Changes the finished token. */
  text?: (token: string) => string;
}

/** A provider of OpenID Connect that misbehaves where a test says so. */
export class LyingProvider {
  readonly id = 'liar';
  readonly clientId = 'registrar';
  readonly clientSecret = 'the secret of the client under test';
  /** By path; others are answered honestly. */
  readonly lies = new Map<string, Lie>();
  tokenLie: TokenLie = {};
  /** Of the next ID token, as the attempt has it. */
  nonce = '';
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));
  private key: Key | undefined;
  private jwk: JWK | undefined;

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    this.key = privateKey;
    this.jwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The settings that a gateway needs for it. */
  settings(own: Record<string, unknown> = {}): Record<string, unknown> {
    const { id, issuer, clientId, clientSecret } = this;
    return { id, name: 'Liar', issuer, clientId, clientSecret, signUp: true, ...own };
  }

  /** A token of the provider. */
  async sign(claims: JWTPayload, { header = {}, key = this.key, text = (token) => token }: TokenLie = {}) {
    if (!key) throw new Error('not started');
    return text(
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key),
    );
  }

  /** The public key, as an HMAC secret that a confused client would take. */
  get publicText(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.jwk));
  }

  /** An honest ID token's claims. */
  claims(): JWTPayload {
    const now = Math.floor(Date.now() / 1_000);
    const { issuer: iss, clientId: aud, nonce } = this;
    return {
      iss,
      aud,
      sub: 'somebody',
      iat: now,
      exp: now + 60,
      nonce,
      email: 'somebody@registrar.example',
      name: 'Some Body',
      given_name: 'Some',
      family_name: 'Body',
    };
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.issuer).pathname;
    const lie = this.lies.get(path);
    if (lie) return lie(request, response);
    const answer = await this.honest(path);
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  }

  private async honest(path: string): Promise<object | undefined> {
    const { issuer } = this;
    if (path === '/.well-known/openid-configuration')
      return {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        end_session_endpoint: `${issuer}/logout`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      };
    if (path === '/jwks') return { keys: [this.jwk] };
    if (path !== '/token') return undefined;
    const idToken = await this.sign({ ...this.claims(), ...this.tokenLie.claims }, this.tokenLie);
    return { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, id_token: idToken };
  }
}
