import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { demoPassword } from './demo.ts';

/** A browser of its own in which that account is signed in. */
export async function signedInContext(
  browser: Browser,
  url: string,
  email: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ...options,
    baseURL: url,
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Account' }).waitFor();
  await page.close();
  return context;
}
