import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { PortalServer } from './portal-server.ts';
import { StubApi } from './stub-api.ts';
import { sessionCookie } from './stub-sessions.ts';

/** How a browser meets the portal. */
export interface VisitOptions extends BrowserContextOptions {
  /** The browser was signed in before. */
  readonly signedIn?: boolean;
  /** Preferences kept by the browser. */
  readonly preferences?: {
    readonly theme?: string;
    readonly language?: string;
    readonly shortcuts?: boolean;
  };
  /** Other values kept by the browser, by name. */
  readonly stored?: Readonly<Record<string, unknown>>;
  /** Runs in every page before its own scripts. */
  readonly before?: () => void;
}

/**
 * The built portal with an API in memory, and browsers that visit it.
 *
 * Guarantee: `close` throws where a page wrote an error to its console, threw one, or broke the content security
 * policy. Only lines that the browser writes about the API's answers are left out, and about lost connections where
 * the test broke them.
 */
export class Portal {
  readonly api = new StubApi();
  readonly server = new PortalServer(this.api);
  /** What pages wrote that they should not. */
  readonly faults: string[] = [];
  private readonly browser: Browser;
  private readonly contexts: BrowserContext[] = [];
  private readonly allowed: RegExp[] = [];
  private isLossExpected = false;

  constructor(browser: Browser) {
    this.browser = browser;
  }

  /** A browser of its own: storage, cookies and service worker start empty. */
  async visit(options: VisitOptions = {}): Promise<BrowserContext> {
    const { signedIn = false, preferences, stored = {}, before, ...rest } = options;
    const { origin } = this.server;
    const kept = {
      ...(signedIn && { user: this.api.sessions.user }),
      ...(preferences && { preferences }),
      ...stored,
    };
    const localStorage = Object.entries(kept).map(([name, value]) => ({
      name: `registrar:${name}`,
      value: JSON.stringify(value),
    }));
    const context = await this.browser.newContext({
      locale: 'en-US',
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1280, height: 800 },
      ...rest,
      baseURL: origin,
      storageState: { cookies: [], origins: [{ origin, localStorage }] },
    });
    if (signedIn)
      await context.addCookies([
        {
          name: sessionCookie,
          value: this.api.sessions.issueRefreshToken(),
          url: origin,
          httpOnly: true,
          sameSite: 'Strict',
        },
      ]);
    if (before) await context.addInitScript(before);
    context.setDefaultTimeout(20_000);
    context.on('console', (message) => this.readConsole(message));
    context.on('weberror', (error) => this.readError(String(error.error())));
    this.contexts.push(context);
    return context;
  }

  /** A page at that path, in a browser of its own. */
  async open(path: string, options: VisitOptions = {}): Promise<Page> {
    const context = await this.visit(options);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  /** Takes the connection of that browser away, or gives it back. */
  async setOffline(context: BrowserContext, isOffline: boolean): Promise<void> {
    this.isLossExpected = true;
    await context.setOffline(isOffline);
  }

  /** Stops the server; `server.start` brings it back. */
  async stopServer(): Promise<void> {
    this.isLossExpected = true;
    await this.server.stop();
  }

  /** Errors that the test brings about on purpose. */
  allow(text: RegExp): void {
    this.allowed.push(text);
  }

  /** @throws Error with what pages wrote that they should not */
  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    await this.server.stop();
    if (this.faults.length > 0) throw new Error(`The console is not clean:\n${this.faults.join('\n')}`);
  }

  private readError(text: string): void {
    if (!this.allowed.some((pattern) => pattern.test(text))) this.faults.push(`page error: ${text}`);
  }

  private readConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const text = message.text();
    const isOfApi = url.startsWith(`${this.server.origin}/api/`);
    if (isOfApi && /the server responded with a status of [45]\d\d/.test(text)) return;
    const isLoss = /net::ERR_/.test(text);
    if (this.allowed.some((pattern) => pattern.test(text))) return;
    if (isLoss && (this.isLossExpected || (isOfApi && this.api.hasLost))) return;
    this.faults.push(`${text} (${url})`);
  }
}
