import { describe, expect } from 'vitest';
import { test, until } from '../testing/page-test.ts';
import type { Portal } from '../testing/portal.ts';
import { busy, refuse } from '../testing/stub-api.ts';
import { password, student } from '../testing/stub-data.ts';

/** The campus has a provider. */
function addProvider({ api }: Portal): void {
  const { signIn } = api.campus.campus;
  const provider = { id: 'campus', kind: 'oidc', name: 'Example University' } as const;
  api.campus.campus = { ...api.campus.campus, signIn: [...signIn, provider] };
}

describe('sign-in by the campus', () => {
  test('is offered where there is a provider, and leads back to the page that was asked for', async ({
    portal,
  }) => {
    addProvider(portal);
    const page = await portal.open('/sign-in?returnTo=/enrollments');
    const link = page.getByRole('link', { name: 'Sign in with Example University' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('/api/auth/oidc/campus/start?returnTo=%2Fenrollments');
  });

  test('is found by the cookie that it left, though this browser knows no user', async ({ portal }) => {
    const page = await portal.open('/sign-in');
    const token = portal.api.sessions.issueRefreshToken();
    await page.context().addCookies([
      { name: 'registrar', value: token, url: portal.server.origin, httpOnly: true, sameSite: 'Strict' },
      { name: 'registrar-begun', value: '1', url: portal.server.origin },
    ]);
    await page.goto(`${portal.server.origin}/enrollments`);
    await page.getByRole('button', { name: 'Account' }).waitFor();
  });

  test.for([
    ['sign_in_expired', 'Begin again.'],
    ['provider_refused', 'did not sign you in'],
    ['provider_unavailable', 'does not answer'],
    ['account_link_required', 'then link the campus'],
    ['account_suspended', 'suspended'],
    ['no_account', 'no account here yet'],
  ] as const)('that failed with %s says so', async ([code, words], { portal }) => {
    const page = await portal.open(`/sign-in?error=${code}`);
    await page.getByRole('alert').getByText(words).waitFor();
  });

  test('goes on where it could not be ended, and says so', async ({ portal }) => {
    portal.api.next('POST /api/auth/web/logout', busy(1));
    const page = await portal.open('/account', { signedIn: true });
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const dialog = page.getByRole('dialog', { name: 'You are still signed in' });
    await dialog.waitFor();
    expect(await page.evaluate(() => localStorage.getItem('registrar:user'))).not.toBeNull();
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => localStorage.getItem('registrar:user'))).toBeNull();
  });

  test('is ended at the campus too, where it says where', async ({ portal }) => {
    portal.api.sessions.logoutUrl = '/courses?signed-out=there';
    const page = await portal.open('/account', { signedIn: true });
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/courses?signed-out=there');
  });
});

describe('the links of an account', () => {
  test('are made and removed', async ({ portal }) => {
    addProvider(portal);
    portal.api.sessions.identities = [
      { id: 'idn_1', provider: 'campus', linkedAt: '2026-11-02T08:00:00.000Z' },
    ];
    const page = await portal.open('/account', { signedIn: true });
    const list = page.getByRole('list', { name: 'Sign-in by the campus' });
    await list.getByText('linked since Nov 2, 2026').waitFor();
    await list.getByRole('button', { name: 'Remove Example University' }).click();
    await list.getByText('not linked').waitFor();
    await list.getByRole('button', { name: 'Link Example University' }).click();
    await page.waitForURL('**/courses?linked=campus');
  });

  test('need the password once more, which is asked for in place', async ({ portal }) => {
    addProvider(portal);
    portal.api.next('POST /api/auth/identities/:id', refuse(403, 'recent_sign_in_required'));
    const page = await portal.open('/account', { signedIn: true });
    const list = page.getByRole('list', { name: 'Sign-in by the campus' });
    await list.getByRole('button', { name: 'Link Example University' }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await list.getByRole('button', { name: 'Link Example University' }).click();
    await page.waitForURL('**/courses?linked=campus');
  });
});

describe('the sessions of an account', () => {
  test('are listed, and ended one by one', async ({ portal }) => {
    const page = await portal.open('/account', { signedIn: true });
    const list = page.getByRole('list', { name: 'Sessions' });
    await list.getByText('Firefox, Windows').waitFor();
    await list.getByText('(this one)').waitFor();
    await list.getByRole('button', { name: 'Sign out Firefox, Windows' }).click();
    await page.getByText('That session is over.').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
  });
});

describe('the own data', () => {
  test('are collected, and loaded by the link of the notification', async ({ portal }) => {
    const page = await portal.open('/account', { signedIn: true });
    await page.getByRole('button', { name: 'Collect my data' }).click();
    await page.getByText('Your data is being collected.').waitFor();
    expect(portal.api.callsOf('POST /api/users/me/export')[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  });

  test('say where a link is too old', async ({ portal }) => {
    portal.api.always('GET /api/users/me/exports/:id', refuse(404, 'export_not_found'));
    const page = await portal.open('/account#export=exp_1', { signedIn: true });
    await page.getByRole('button', { name: 'Download your data' }).click();
    await page.getByText('older than 7 days').waitFor();
  });
});

describe('confirming an email', () => {
  test('takes the token out of the address, and confirms by the button', async ({ portal }) => {
    const page = await portal.open('/confirm-email#?token=good');
    await page.getByRole('button', { name: 'Confirm email' }).click();
    await page.getByText('Your email is confirmed').waitFor();
    expect(page.url()).toBe(`${portal.server.origin}/confirm-email`);
    expect(portal.api.callsOf('POST /api/auth/email-confirmation')[0]?.text).toBe('{"token":"good"}');
  });

  test('offers another link where that one is used up', async ({ portal }) => {
    const page = await portal.open('/confirm-email#?token=used');
    await page.getByRole('button', { name: 'Confirm email' }).click();
    await page.getByRole('alert').getByText('used up or too old').waitFor();
    await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
    await page.getByRole('button', { name: 'Send the link again' }).click();
    await page.getByText('If an account waits for').waitFor();
  });

  test('is what a new account waits for where the campus wants it', async ({ portal }) => {
    portal.api.next('POST /api/auth/register', { kind: 'accept' });
    const page = await portal.open('/register-account');
    await page.getByRole('textbox', { name: 'Name' }).fill('Nora New');
    await page.getByRole('textbox', { name: 'Email' }).fill('nora@registrar.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('a mail to nora@registrar.example is on its way').waitFor();
    expect(portal.api.callsOf('POST /api/auth/web/login')).toHaveLength(0);
  });

  test('is asked for at sign-in too', async ({ portal }) => {
    portal.api.next('POST /api/auth/web/login', refuse(403, 'email_unconfirmed'));
    const page = await portal.open('/sign-in');
    await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Confirm your email first').waitFor();
    await page.getByRole('link', { name: 'Send the link again' }).click();
    await page.waitForURL('**/confirm-email');
  });
});

describe('a mailed link to set a password', () => {
  test('opens the form for the new one', async ({ portal }) => {
    const page = await portal.open('/reset-password#?token=good');
    await page.getByRole('textbox', { name: 'New password' }).fill('a long enough password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Your new password is set.').waitFor();
    expect(page.url()).not.toContain('good');
  });

  test('can be asked for again', async ({ portal }) => {
    const page = await portal.open('/reset-password#?token=old');
    await page.getByRole('button', { name: 'Send me another link' }).click();
    await page.getByRole('button', { name: 'Send the link', exact: true }).waitFor();
  });
});

describe('staff without input for 30 minutes', () => {
  const halfAnHourMs = 30 * 60_000;

  test.for([
    ['are asked to sign in again, over the page', 'registrar', 1],
    ['unlike students', 'student', 0],
  ] as const)('%s', async ([, role, dialogs], { portal }) => {
    portal.api.sessions.user = { ...student, roles: [role] };
    const context = await portal.visit({ signedIn: true });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto('/account');
    await page.getByRole('button', { name: 'Account' }).waitFor();
    const before = portal.api.callsOf('POST /api/auth/web/refresh').length;
    await page.clock.runFor(halfAnHourMs - 60_000);
    await until(() => portal.api.callsOf('POST /api/auth/web/refresh').length > before, 'a renewal');
    await page.clock.runFor(halfAnHourMs / 2);
    if (dialogs > 0) await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
    expect(await page.getByRole('dialog', { name: 'Sign in' }).count()).toBe(dialogs);
  });
});
