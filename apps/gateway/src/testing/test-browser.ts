import { publicUrl } from './campus-provider.ts';
import type { RunningGateway } from './running-gateway.ts';

/** What a browser got. */
export interface PageAnswer {
  status: number;
  /** Where it is sent on to, absolute. */
  location: string | undefined;
  /** As the server wrote it. */
  rawLocation: string | undefined;
  setCookies: string[];
  text: string;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
}

/** Redirects that are followed at most. */
const mostSteps = 10;

/** A browser that goes between a gateway, which it takes for our public origin, and providers, and keeps their cookies. */
export class TestBrowser {
  private readonly cookies = new Map<string, Cookie[]>();
  gateway: RunningGateway;

  /** @param member who uses it, for providers that ask */
  constructor(
    gateway: RunningGateway,
    private readonly member: string,
  ) {
    this.gateway = gateway;
  }

  /** One request; redirects are not followed. */
  async open(url: string, init: RequestInit = {}): Promise<PageAnswer> {
    const { href, origin, pathname } = new URL(url, publicUrl);
    const target = origin === publicUrl ? href.replace(origin, this.gateway.url) : href;
    const cookie = this.cookiesFor(origin, pathname);
    const answer = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, 'x-member': this.member, ...(cookie !== '' && { cookie }) },
    });
    const setCookies = answer.headers.getSetCookie();
    this.keep(origin, setCookies);
    const rawLocation = answer.headers.get('location') ?? undefined;
    const location = rawLocation === undefined ? undefined : new URL(rawLocation, href).href;
    return { status: answer.status, location, rawLocation, setCookies, text: await answer.text() };
  }

  /** Follows redirects until a page of ours, or an answer that is none, and gives every answer. */
  async follow(url: string): Promise<PageAnswer[]> {
    const answers: PageAnswer[] = [];
    for (let next: string | undefined = url; next !== undefined && answers.length < mostSteps;) {
      const answer = await this.open(next);
      answers.push(answer);
      const isOurs = answer.location?.startsWith(`${publicUrl}/`) ?? false;
      next = isOurs && !answer.location?.startsWith(`${publicUrl}/api/`) ? undefined : answer.location;
    }
    return answers;
  }

  /** Signs in by a provider. @returns the page of ours that it ends on, and the last answer */
  async signIn(provider: string, returnTo?: string): Promise<{ page: string | undefined; last: PageAnswer }> {
    const query = returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`;
    return this.endOf(await this.follow(`${publicUrl}/api/auth/oidc/${provider}/start${query}`));
  }

  /** The page of ours at the end of these answers, and the last one. */
  endOf(answers: PageAnswer[]): { page: string | undefined; last: PageAnswer } {
    const last = answers.at(-1);
    if (!last) throw new Error('no answer');
    return { page: last.location?.replace(publicUrl, ''), last };
  }

  /** Calls `/api/auth/web/<what>` as our page does. */
  async web(what: 'refresh' | 'logout'): Promise<{ status: number; json: Record<string, unknown> }> {
    const headers = { 'x-registrar-web': '1', 'sec-fetch-site': 'same-origin' };
    const { status, text } = await this.open(`/api/auth/web/${what}`, { method: 'POST', headers });
    return { status, json: JSON.parse(text) as Record<string, unknown> };
  }

  /** The user that the web session is of, with an access token. */
  async session(): Promise<{ user: Record<string, unknown>; accessToken: string }> {
    const { status, json } = await this.web('refresh');
    if (status !== 200) throw new Error(`refreshing answered ${status}`);
    return json as { user: Record<string, unknown>; accessToken: string };
  }

  /** Names of the cookies that it has for a page. */
  cookieNames(path: string): string[] {
    return this.cookiesFor(publicUrl, path)
      .split('; ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 1)[0] ?? '');
  }

  /** What it sends to a page. */
  cookiesFor(origin: string, path: string): string {
    const held = this.cookies.get(origin) ?? [];
    return held
      .filter((cookie) => path.startsWith(cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  private keep(origin: string, setCookies: readonly string[]): void {
    for (const text of setCookies) {
      const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
      const others = (this.cookies.get(origin) ?? []).filter((each) => each.name !== name);
      const isOver = attributes.some((each) => /^max-age=0$/i.test(each) || /^expires=.*1970/i.test(each));
      this.cookies.set(origin, isOver || value === '' ? others : [...others, { name, value, path }]);
    }
  }
}
