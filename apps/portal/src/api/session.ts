import { isIdle } from './activity.ts';
import type { RoutesByName } from './routes.ts';
import type { AnswerOf } from '@registrar/contracts-http';
import { fetchOnce } from './client.ts';
import { problemOf, Unreachable } from './problems.ts';
import { isStorageUsable, keepStored, readStored } from './storage.ts';

/** The signed-in user. */
export type User = AnswerOf<RoutesByName['GET /api/auth/me']>;

/** What the session's routes answer. */
interface WebSession {
  readonly user: User;
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * Where the session stands: `starting` until the cookie was tried; `ended` while the reader has to sign in again to
 * go on; `offline` with the user of last time while the server cannot be reached.
 */
export type SessionState =
  | { readonly status: 'starting' | 'signed-out'; readonly user?: undefined }
  | { readonly status: 'signed-in' | 'ended' | 'offline'; readonly user: User };

type TabMessage =
  | { readonly kind: 'signed-in'; readonly session: WebSession & { readonly expiresAtMs: number } }
  | { readonly kind: 'signed-out' };

const webHeaders = { 'x-registrar-web': '1' } as const;
/** The token is renewed at this share of its life. */
const renewAt = 0.8;
const lockName = 'registrar:session';
/** Set for a minute by a sign-in outside of this page, such as at the campus: only then is an unknown cookie tried. */
const begunCookie = 'registrar-begun=1';

/**
 * The session of the reader: the access token in memory only, the refresh token in a cookie that no script reads.
 *
 * Guarantee: one tab renews at a time (Web Locks), and the others take its token over.
 * Failure: `token` and `renew` give undefined where there is no session; without an answer they throw Unreachable.
 */
export class Session {
  private state: SessionState = { status: 'starting' };
  private accessToken: string | undefined;
  private expiresAtMs = 0;
  private renewing: Promise<string | undefined> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(lockName) : undefined;

  constructor() {
    if (this.channel) this.channel.onmessage = ({ data }) => this.follow(data as TabMessage);
  }

  /** Tries the cookie, where this browser was signed in. */
  async start(): Promise<void> {
    const known = readStored<User>('user');
    if (known === undefined && isStorageUsable() && !document.cookie.includes(begunCookie))
      return this.change({ status: 'signed-out' });
    try {
      const token = await this.renewUnderLock(undefined);
      if (token === undefined) this.forget();
    } catch {
      this.change(known === undefined ? { status: 'signed-out' } : { status: 'offline', user: known });
    }
  }

  /** Where the session stands now; the same object until it changes. */
  current = (): SessionState => this.state;

  /** Calls back on every change. Returns the way to stop. */
  subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  };

  /** The access token, renewed where it is about to expire; undefined without a session. */
  async token(): Promise<string | undefined> {
    if (this.accessToken === undefined)
      return this.state.status === 'offline' ? this.renew(undefined) : undefined;
    if (Date.now() < this.expiresAtMs) return this.accessToken;
    return (await this.renew(this.accessToken)) ?? undefined;
  }

  /**
   * A token other than `used`, which was refused or expired. Callers at the same time share one renewal.
   *
   * @throws Unreachable
   */
  renew(used: string | undefined): Promise<string | undefined> {
    if (this.accessToken !== used && this.accessToken !== undefined) return Promise.resolve(this.accessToken);
    this.renewing ??= this.renewUnderLock(used).finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  /** Signs in. @throws ApiProblem, Unreachable */
  async signIn(email: string, password: string): Promise<void> {
    const response = await this.post('/api/auth/web/login', { email, password });
    if (!response.ok) throw await problemOf(response);
    this.take(await readSession(response));
  }

  /**
   * Ends the session in every tab of this browser.
   *
   * @returns where to go to sign out of the campus too; null where there is no such place
   * Failure: the session goes on.
   *
   * @throws ApiProblem, Unreachable
   */
  async signOut(): Promise<string | null> {
    const response = await this.post('/api/auth/web/logout', {});
    // 401: it was over.
    if (!response.ok && response.status !== 401) throw await problemOf(response);
    const { logoutUrl } = response.ok
      ? ((await response.json()) as { logoutUrl: string | null })
      : { logoutUrl: null };
    this.forget();
    this.channel?.postMessage({ kind: 'signed-out' } satisfies TabMessage);
    return logoutUrl;
  }

  private async renewUnderLock(used: string | undefined): Promise<string | undefined> {
    return withLock(lockName, async () => {
      if (this.accessToken !== used && this.accessToken !== undefined) return this.accessToken; // another tab was first
      if (isIdle() && this.state.user?.roles.some((role) => role !== 'student')) return this.end();
      const before = this.accessToken;
      const response = await this.post('/api/auth/web/refresh', {});
      if (response.ok) return this.take(await readSession(response));
      if (response.status >= 500 || response.status === 429) throw new Unreachable(await problemOf(response));
      // The reader signed in meanwhile: that session goes on.
      return this.accessToken === before ? this.end() : this.accessToken;
    });
  }

  /** The session is over, and the reader has to sign in again to go on. */
  private end(): undefined {
    clearTimeout(this.timer);
    this.accessToken = undefined;
    if (this.state.user !== undefined) this.change({ status: 'ended', user: this.state.user });
  }

  private post(target: string, body: object): Promise<Response> {
    return fetchOnce({ method: 'POST', target, body: JSON.stringify(body), headers: webHeaders });
  }

  private take(answer: WebSession): string {
    const renewed = { ...answer, expiresAtMs: Date.now() + answer.expiresIn * 1_000 };
    this.accept(renewed);
    this.channel?.postMessage({ kind: 'signed-in', session: renewed } satisfies TabMessage);
    return answer.accessToken;
  }

  private accept({ user, accessToken, expiresIn, expiresAtMs }: WebSession & { expiresAtMs: number }): void {
    this.accessToken = accessToken;
    this.expiresAtMs = expiresAtMs;
    clearTimeout(this.timer);
    const inMs = Math.max(1_000, expiresAtMs - Date.now() - expiresIn * 1_000 * (1 - renewAt));
    this.timer = setTimeout(() => void this.renew(accessToken).catch(() => undefined), inMs);
    keepStored('user', user);
    this.change({ status: 'signed-in', user });
  }

  /** Follows another tab: its token, or its end. */
  private follow(message: TabMessage): void {
    if (message.kind === 'signed-in') this.accept(message.session);
    else this.forget();
  }

  private forget(): void {
    this.accessToken = undefined;
    clearTimeout(this.timer);
    keepStored('user', undefined);
    this.change({ status: 'signed-out' });
  }

  private change(state: SessionState): void {
    this.state = state;
    for (const changed of this.listeners) changed();
  }
}

/** Runs `work` while no other tab of this origin holds that lock; at once where there are no Web Locks. */
async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return (await navigator.locks.request(name, work)) as T;
}

async function readSession(response: Response): Promise<WebSession> {
  try {
    return (await response.json()) as WebSession;
  } catch (error) {
    throw new Unreachable(error);
  }
}

/** The session of this tab. */
export const session = new Session();
