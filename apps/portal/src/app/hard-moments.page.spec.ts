import { describe, expect } from 'vitest';
import { test } from '../testing/page-test.ts';
import { course, password } from '../testing/stub-data.ts';

test('what was typed survives signing in again over the page', async ({ portal }) => {
  const page = await portal.open('/account', { signedIn: true });
  const typed = { 'Current password': 'what I know by heart', 'New password': 'four words in a row' };
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text);
  portal.api.sessions.endAll();
  portal.api.streams.endAll();
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const [label, text] of Object.entries(typed))
    expect(await page.getByLabel(label).inputValue()).toBe(text);
});

describe('an address', () => {
  test('of a course that does not exist says so, and leads to the others', async ({ portal }) => {
    const page = await portal.open('/courses/crs_gone', { signedIn: true });
    await page.getByRole('heading', { level: 1, name: 'Course not found' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Find courses' }).click();
    await page.getByRole('article').first().waitFor();
  });

  test('of an own screen asks a stranger to sign in first, and then shows it', async ({ portal }) => {
    const page = await portal.open('/enrollments');
    await page.getByText('This page is yours alone').waitFor();
    expect(portal.api.callsOf('GET /api/enrollments/me')).toEqual([]);
    await page.getByRole('textbox', { name: 'Email' }).fill(portal.api.sessions.user.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'My courses' }).waitFor();
  });

  test('that no screen has is not found', async ({ portal }) => {
    const page = await portal.open('/', { signedIn: true });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => history.pushState(null, '', '/admin'));
    await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Find courses' }).waitFor();
  });
});

test('a hostile title stays text in lists and in the palette', async ({ portal }) => {
  const title = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  portal.api.campus.courses = [course({ title })];
  const page = await portal.open('/courses', { signedIn: true });
  await page.getByRole('link', { name: title }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('searchbox').fill('CS 101');
  await page.getByRole('dialog').getByRole('option').filter({ hasText: title }).waitFor();
  expect(await page.locator('main img, main script, dialog img, dialog script').count()).toBe(0);
});

/** What the last release's service worker was: it took over at once, and kept a cache of its own. */
const lastWorker = `
self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open('registrar-portal-0').then((cache) => cache.add('/')));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
`;

test('the service worker of this release takes over from the last one, and its cache goes', async ({
  portal,
}) => {
  const cacheNames = () => page.evaluate(() => caches.keys());
  portal.server.replace('/sw.js', lastWorker);
  const page = await portal.open('/');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  expect(await cacheNames()).toEqual(['registrar-portal-0']);
  portal.server.replace('/sw.js', undefined);
  await page.reload();
  await page.waitForFunction(async () => (await caches.keys()).join() === 'registrar-portal-1');
  await page.getByRole('heading', { level: 1 }).waitFor();
});
