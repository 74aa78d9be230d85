import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerTo } from '../api/routes.ts';
import { Refusal } from './stub-campus.ts';
import type { User } from './stub-data.ts';
import { otherSession, password, student } from './stub-data.ts';

/** The cookie that holds the refresh token over plain http on loopback. */
export const sessionCookie = 'registrar';

/** The web session's routes: tokens and the cookie. */
export class StubSessions {
  /** Who signs in. */
  user: User = student;
  /** Seconds. */
  expiresIn = 900;
  /** Where signing out leads. */
  logoutUrl: string | null = null;
  /** Sessions of the account: the one of the page, and others. */
  sessions: AnswerTo<'GET /api/auth/sessions'>['items'] = [
    { ...otherSession, id: 'ses_current', current: true, userAgent: null },
    otherSession,
  ];
  /** Providers of the campus that are linked. */
  identities: AnswerTo<'GET /api/auth/identities'>['items'] = [];
  private issued = 0;
  private readonly refreshTokens = new Set<string>();
  private readonly accessTokens = new Set<string>();

  /** A refresh token as an earlier sign-in left it in the browser. */
  issueRefreshToken(): string {
    const token = `refresh-${(this.issued += 1)}`;
    this.refreshTokens.add(token);
    return token;
  }

  /** The access tokens stop working; the session can be renewed. */
  endAccessTokens(): void {
    this.accessTokens.clear();
  }

  /** The session is over: neither token works any more. */
  endAll(): void {
    this.accessTokens.clear();
    this.refreshTokens.clear();
  }

  /** @throws Refusal 401 without a token that works. */
  check(request: IncomingMessage): void {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (!this.accessTokens.has(token)) throw new Refusal(401, 'invalid_token', 'Sign in to go on.');
  }

  /** The answer to a call of the web session; undefined for any other route. */
  answer(
    name: string,
    request: IncomingMessage,
    response: ServerResponse,
    body: Readonly<Record<string, unknown>>,
  ): unknown {
    if (!name.startsWith('POST /api/auth/web/')) return undefined;
    if (request.headers['x-registrar-web'] !== '1' || request.headers['sec-fetch-site'] !== 'same-origin')
      throw new Refusal(403, 'cross_site_request', 'The request does not come from this site.');
    const sent = new RegExp(`${sessionCookie}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
    switch (name.slice('POST /api/auth/web/'.length)) {
      case 'login':
        if (body['email'] !== student.email || body['password'] !== password)
          throw new Refusal(401, 'invalid_credentials', 'The mail address or the password is wrong.');
        return this.issue(response);
      case 'refresh':
        if (!this.refreshTokens.has(sent)) throw new Refusal(401, 'invalid_refresh_token', 'Sign in again.');
        this.refreshTokens.delete(sent);
        return this.issue(response);
      case 'logout':
        this.endAll();
        response.setHeader('set-cookie', `${sessionCookie}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
        response.setHeader('clear-site-data', '"cache"');
        return { logoutUrl: this.logoutUrl };
      default:
        throw new Refusal(404, 'not_found', 'There is nothing at this address.');
    }
  }

  private issue(response: ServerResponse) {
    const cookie = `${sessionCookie}=${this.issueRefreshToken()}`;
    response.setHeader('set-cookie', `${cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000`);
    const accessToken = `access-${(this.issued += 1)}`;
    this.accessTokens.add(accessToken);
    return { user: this.user, accessToken, expiresIn: this.expiresIn };
  }
}
