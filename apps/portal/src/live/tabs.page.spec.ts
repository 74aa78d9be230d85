import { describe, expect } from 'vitest';
import { test, until } from '../testing/page-test.ts';
import { course, notification } from '../testing/stub-data.ts';

const promoted = notification(course(), { id: 'ntf_promoted', type: 'promoted' });

describe('tabs of one browser', () => {
  test('hold one stream together, and another takes over where the leader closes', async ({ portal }) => {
    const { api } = portal;
    const context = await portal.visit({ signedIn: true });
    const tabs = [];
    for (let tab = 0; tab < 7; tab += 1) {
      const page = await context.newPage();
      await page.goto('/sign-in?returnTo=/account');
      await page.getByRole('button', { name: 'Account' }).waitFor();
      tabs.push(page);
    }
    await until(() => api.streams.count('notifications') === 1, 'a stream of notifications');
    expect(api.callsOf('GET /api/notifications/stream')).toHaveLength(1);

    const [leader, ...others] = tabs;
    await leader?.close();
    await until(() => api.callsOf('GET /api/notifications/stream').length === 2, 'another leader');
    await until(() => api.streams.count('notifications') === 1, 'one stream');
    api.notify(promoted);
    for (const page of others) await page.getByRole('alert').getByText('You have a seat now').waitFor();
    expect(api.callsOf('GET /api/notifications/stream')).toHaveLength(2);
  });

  test('resume the stream after the last event where the server ends it', async ({ portal }) => {
    const { api } = portal;
    const page = await portal.open('/', { signedIn: true });
    await until(() => api.streams.count('notifications') === 1, 'a stream of notifications');
    api.notify(promoted);
    await page.getByRole('alert').getByText('You have a seat now').waitFor();
    api.streams.endAll();
    await until(() => api.callsOf('GET /api/notifications/stream').length === 2, 'another connection');
    expect(api.callsOf('GET /api/notifications/stream')[1]?.headers['last-event-id']).toBe(promoted.id);
  });

  test('sign out together', async ({ portal }) => {
    const context = await portal.visit({ signedIn: true });
    const [one, other] = [await context.newPage(), await context.newPage()];
    for (const page of [one, other]) {
      await page.goto('/');
      await page.getByRole('button', { name: 'Account' }).waitFor();
    }
    await one.getByRole('button', { name: 'Account' }).click();
    await one.getByRole('menuitem', { name: 'Sign out' }).click();
    for (const page of [one, other]) await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await until(() => portal.api.streams.count('notifications') === 0, 'no stream');
    const stored = await other.evaluate(() => Object.keys(localStorage));
    expect(stored.filter((name) => /user|own/.test(name))).toEqual([]);
  });

  test('renew one session: no tab uses a token that another has used', async ({ portal }) => {
    portal.api.sessions.expiresIn = 3;
    const context = await portal.visit({ signedIn: true });
    const tabs = [await context.newPage(), await context.newPage(), await context.newPage()];
    for (const page of tabs) {
      await page.goto('/');
      await page.getByRole('button', { name: 'Account' }).waitFor();
    }
    await until(() => portal.api.callsOf('POST /api/auth/web/refresh').length >= 8, 'renewals');
    for (const page of tabs) {
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Account' }).isVisible()).toBe(true);
    }
  });
});

describe('without a connection', () => {
  test('the page says so with the time of its data, and goes on when it is back', async ({ portal }) => {
    const page = await portal.open('/', { signedIn: true });
    await page.getByRole('button', { name: 'Account' }).waitFor();
    await portal.setOffline(page.context(), true);
    await page
      .getByRole('status')
      .getByText(/^Offline, as of \d+:\d\d:\d\d [AP]M$/)
      .waitFor();
    await portal.setOffline(page.context(), false);
    await page.getByText('Offline, as of').waitFor({ state: 'detached' });
  });

  test('the portal starts from what it kept, after one visit', async ({ portal }) => {
    const page = await portal.open('/', { signedIn: true });
    await page.getByRole('button', { name: 'Account' }).waitFor();
    await page.waitForFunction(async () => {
      const cache = await caches.open('registrar-portal-1');
      const keys = await cache.keys();
      return keys.some(({ url }) => url.includes('/assets/index-'));
    });
    await portal.setOffline(page.context(), true);
    await portal.stopServer();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('status').getByText('Offline, as of').waitFor();
    await page.getByRole('button', { name: 'Account' }).waitFor();
  });
});
