import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { password } from '../support/client.ts';
import type { Client } from '../support/client.ts';

/**
 * A browser at the portal of a running system.
 *
 * Guarantee: `close` fails the test where a page wrote an error to its console, threw one, or broke the content
 * security policy; lines about answers of the API aside.
 */
export class Visitor {
  private readonly faults: string[] = [];

  private constructor(readonly context: BrowserContext) {
    context.setDefaultTimeout(20_000);
    context.on('weberror', (error) => this.faults.push(String(error.error())));
    context.on('console', (message) => {
      const isOfApi = message.location().url.includes('/api/') && /status of|net::ERR/.test(message.text());
      if (message.type() === 'error' && !isOfApi) this.faults.push(message.text());
    });
  }

  /** A browser whose zone is not the campus's, with nothing stored. */
  static async open(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      locale: 'en-US',
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1280, height: 800 },
      ...options,
      baseURL: origin,
    });
    return new Visitor(context);
  }

  /** A page at that path. */
  async page(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(path);
    return page;
  }

  /** A page at that path, once that student has signed in on it. */
  async signedIn(student: Client, path: string): Promise<Page> {
    const page = await this.page(`/sign-in?returnTo=${encodeURIComponent(path)}`);
    await page.getByRole('textbox', { name: 'Email' }).fill(student.user.email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Account' }).waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.context.close();
    expect(this.faults).toEqual([]);
  }
}
