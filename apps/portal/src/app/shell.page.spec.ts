import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test, until } from '../testing/page-test.ts';

const account = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Account' });

function attribute(page: Page, name: string): Promise<string | null> {
  return page.locator('html').getAttribute(name);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

describe('the shell', () => {
  test('begins with a link that skips to the content', async ({ portal }) => {
    const page = await portal.open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  test('gives the focus to the heading after navigation, and the title its words', async ({ portal }) => {
    const page = await portal.open('/');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.waitForFunction(() => document.title === 'Sign in · Example University');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });

  test('folds the navigation into a menu on a phone', async ({ portal }) => {
    const page = await portal.open('/', { viewport: { width: 360, height: 740 } });
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.waitFor();
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
    await menu.press('Enter');
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('link', { name: 'Find courses' }).click();
    await page.waitForURL('**/courses');
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'hidden' });
  });

  test('opens the account menu by keyboard, and gives the focus back', async ({ portal }) => {
    const page = await portal.open('/', { signedIn: true });
    await account(page).press('Enter');
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'Settings');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Sign out');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Settings');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await focused(page)).toBe('Account');
  });

  test('shows a hostile name as text', async ({ portal }) => {
    const name = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    portal.api.sessions.user = { ...portal.api.sessions.user, name };
    const page = await portal.open('/', { signedIn: true });
    await account(page).click();
    await page.getByText(name, { exact: true }).waitFor();
  });

  test('lists the keys at "?", unless keys are switched off', async ({ portal }) => {
    const page = await portal.open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const without = await portal.open('/', { preferences: { shortcuts: false } });
    await without.getByRole('heading', { level: 1 }).waitFor();
    await without.keyboard.press('?');
    expect(await without.getByRole('dialog').count()).toBe(0);
  });
});

describe('the theme', () => {
  test('follows the system, also while the page is open', async ({ portal }) => {
    const page = await portal.open('/', { colorScheme: 'dark' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await attribute(page, 'data-theme')).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme=light]').waitFor();
  });

  test.for(['light', 'dark'] as const)('is %s where the reader chose so', async (theme, { portal }) => {
    const colorScheme = theme === 'light' ? 'dark' : 'light';
    const page = await portal.open('/', { colorScheme, preferences: { theme } });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await attribute(page, 'data-theme')).toBe(theme);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(theme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(15, 18, 24)');
  });
});

describe('the language', () => {
  test('is that of the browser', async ({ portal }) => {
    const page = await portal.open('/sign-in', { locale: 'de-DE' });
    await page.getByRole('button', { name: 'Anmelden' }).waitFor();
    expect([await attribute(page, 'lang'), await attribute(page, 'dir')]).toEqual(['de', 'ltr']);
  });

  test('is English where the browser prefers one that the portal does not have', async ({ portal }) => {
    const page = await portal.open('/sign-in', { locale: 'fi-FI' });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await attribute(page, 'lang')).toBe('en');
  });

  test('is what the reader chose, and the whole page turns for a language from right to left', async ({
    portal,
  }) => {
    const german = await portal.open('/sign-in', { preferences: { language: 'de' } });
    await german.getByRole('button', { name: 'Anmelden' }).waitFor();
    const mirrored = await portal.open('/sign-in', { preferences: { language: 'pseudo' } });
    await mirrored.getByRole('heading', { level: 1 }).waitFor();
    expect(await attribute(mirrored, 'dir')).toBe('rtl');
  });
});

test('without JavaScript the page says so and names the API', async ({ portal }) => {
  const page = await portal.open('/courses', { javaScriptEnabled: false });
  // Chromium lays `noscript` out only where scripts are switched off in its settings, not for one page.
  const words = page.locator('noscript');
  expect(await words.textContent()).toContain('This page needs JavaScript');
  expect(await words.locator('a').getAttribute('href')).toBe('/api/docs');
});

test('a page of the last release loads again once, and then says that it failed', async ({ portal }) => {
  portal.allow(/404|dynamically imported module/);
  const page = await portal.open('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  portal.server.hideAssets(/sign-in-[^/]+\.js$/);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('could not be shown').waitFor();
  await until(() => portal.server.pageCount >= 2, 'a second load');
  expect(portal.server.pageCount).toBe(2);
  portal.server.hideAssets(undefined);
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
});
