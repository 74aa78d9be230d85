import { describe, expect } from 'vitest';
import { test } from '../testing/page-test.ts';
import { busy } from '../testing/stub-api.ts';
import { password, student } from '../testing/stub-data.ts';
import type { Page } from 'playwright-core';

async function signIn(page: Page, secret = password): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('signing in', () => {
  test('leads on to the page that was asked for', async ({ portal }) => {
    const page = await portal.open('/sign-in?returnTo=/enrollments');
    await signIn(page);
    await page.getByRole('button', { name: 'Account' }).waitFor();
    await page.waitForURL('**/enrollments');
    expect(portal.api.callsOf('POST /api/auth/web/login')).toHaveLength(1);
  });

  test.for(['https://evil.example', '//evil.example', '/\\evil.example'])(
    'never leads to %s',
    async (returnTo, { portal }) => {
      const page = await portal.open(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
      await signIn(page);
      await page.getByRole('button', { name: 'Account' }).waitFor();
      await page.waitForURL(`${portal.server.origin}/`);
    },
  );

  test('with a wrong password says so in an alert and keeps the mail address', async ({ portal }) => {
    const page = await portal.open('/sign-in');
    await signIn(page, 'not the password');
    await page.getByRole('alert').getByText('do not fit together').waitFor();
    expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(student.email);
    expect(await page.evaluate(() => document.cookie + JSON.stringify(localStorage))).not.toContain(
      'access-',
    );
  });

  test('says when a busy server can be asked again', async ({ portal }) => {
    portal.api.next('POST /api/auth/web/login', busy(4));
    const page = await portal.open('/sign-in');
    await signIn(page);
    await page.getByRole('alert').getByText('Try again in 4 s').waitFor();
  });

  test('says how long too many failures block it', async ({ portal }) => {
    portal.api.next('POST /api/auth/web/login', busy(540, 'too_many_attempts', 429));
    const page = await portal.open('/sign-in');
    await signIn(page);
    await page.getByRole('alert').getByText('Try again in 9 min').waitFor();
  });

  test('says when the server cannot be reached, and works once it can', async ({ portal }) => {
    portal.api.next('POST /api/auth/web/login', { kind: 'lose', committed: false });
    const page = await portal.open('/sign-in');
    await signIn(page);
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Account' }).waitFor();
  });

  test('is one request, however often the button is pressed', async ({ portal }) => {
    let release = (): void => undefined;
    portal.api.next('POST /api/auth/web/login', {
      kind: 'hold',
      until: new Promise<void>((resolve) => (release = resolve)),
    });
    const page = await portal.open('/sign-in');
    await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).dblclick();
    release();
    await page.getByRole('button', { name: 'Account' }).waitFor();
    expect(portal.api.callsOf('POST /api/auth/web/login')).toHaveLength(1);
  });

  test('outlives a reload by the cookie alone', async ({ portal }) => {
    const page = await portal.open('/sign-in');
    await signIn(page);
    await page.getByRole('button', { name: 'Account' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Account' }).waitFor();
    expect(portal.api.callsOf('POST /api/auth/web/refresh')).toHaveLength(1);
  });
});
