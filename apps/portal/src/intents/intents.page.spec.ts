import { describe, expect } from 'vitest';
import type { Portal } from '../testing/portal.ts';
import { test, until } from '../testing/page-test.ts';
import { busy, refuse } from '../testing/stub-api.ts';
import { password, student } from '../testing/stub-data.ts';
import type { Intent } from './intent.ts';

/** An intent as a page left it that was closed before the answer came. */
function openIntent(changes: Partial<Intent> = {}): Intent {
  return {
    userId: student.id,
    key: 'key-of-the-last-page',
    method: 'POST',
    target: '/api/enrollments',
    body: '{"courseId":"crs_1","joinWaitlist":false}',
    atMs: Date.now() - 60_000,
    subject: { action: 'enroll', courseId: 'crs_1', courseCode: 'CS 101' },
    changes: ['GET /api/enrollments/me'],
    ...changes,
  };
}

const openPage = (portal: Portal, intent = openIntent()) =>
  portal.open('/', { signedIn: true, stored: { intents: [intent] } });

const enrolls = (portal: Portal) => portal.api.callsOf('POST /api/enrollments');

/** Every try had the key and the bytes of the first. */
function expectSame(portal: Portal, count: number): void {
  const { key, body } = openIntent();
  expect(enrolls(portal).map((call) => [call.key, call.text])).toEqual(Array(count).fill([key, body]));
}

describe('a write whose page was closed before the answer', () => {
  test('is sent again with its key and its bytes, and its outcome is said', async ({ portal }) => {
    const page = await openPage(portal);
    await page.getByRole('status').getByText('CS 101: Enrolled').waitFor();
    expectSame(portal, 1);
    expect(portal.api.campus.enrollments).toHaveLength(1);
    expect(await page.evaluate(() => localStorage.getItem('registrar:intents'))).toBe('[]');
    await page.reload();
    await page.getByRole('button', { name: 'Account' }).waitFor();
    expectSame(portal, 1);
  });

  test('has one effect where the answer is lost after the commit', async ({ portal }) => {
    portal.api.next('POST /api/enrollments', { kind: 'lose', committed: true });
    const page = await openPage(portal);
    await page.getByRole('status').getByText('CS 101: Enrolled').waitFor();
    expectSame(portal, 2);
    expect(portal.api.campus.enrollments).toHaveLength(1);
  });

  test('has one effect where the gateway gives up after the commit', async ({ portal }) => {
    portal.api.next('POST /api/enrollments', { kind: 'time-out' }, { kind: 'time-out' });
    const page = await openPage(portal);
    await page.getByRole('status').getByText('CS 101: Enrolled').waitFor();
    expectSame(portal, 3);
    expect(portal.api.campus.enrollments).toHaveLength(1);
  });

  test('waits as long as a busy server asks', async ({ portal }) => {
    portal.api.next('POST /api/enrollments', busy(1), busy(1, 'rate_limited', 429));
    const page = await openPage(portal);
    const startedAt = Date.now();
    await page.getByRole('status').getByText('CS 101: Enrolled').waitFor();
    expect(Date.now() - startedAt).toBeGreaterThan(1_500);
    expectSame(portal, 3);
  });

  test('is refused once, in words', async ({ portal }) => {
    portal.api.always(
      'POST /api/enrollments',
      refuse(409, 'hold', 'A hold of the library stands in the way.'),
    );
    const page = await openPage(portal);
    await page.getByRole('status').getByText('CS 101:').waitFor();
    expectSame(portal, 1);
    expect(await page.evaluate(() => localStorage.getItem('registrar:intents'))).toBe('[]');
  });

  test('is not sent after 23 hours: the list of own courses decides', async ({ portal }) => {
    const page = await openPage(portal, openIntent({ atMs: Date.now() - 24 * 3_600_000 }));
    await page.getByRole('status').getByText('too old to send again').waitFor();
    expect(enrolls(portal)).toHaveLength(0);
  });

  test('of another user is never sent', async ({ portal }) => {
    const page = await openPage(portal, openIntent({ userId: 'usr_other' }));
    await page.getByRole('button', { name: 'Account' }).waitFor();
    await until(() => portal.api.streams.count('notifications') === 1, 'the stream of notifications');
    expect(enrolls(portal)).toHaveLength(0);
  });

  test('is sent after signing in again, with the same key', async ({ portal }) => {
    portal.api.next('POST /api/enrollments', refuse(401, 'invalid_token'));
    portal.api.next('POST /api/auth/web/refresh', { kind: 'hold', until: Promise.resolve() });
    portal.api.next('POST /api/auth/web/refresh', refuse(401, 'refresh_token_reused'));
    const page = await openPage(portal);
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByText('Your session has ended').waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(student.email);
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('status').getByText('CS 101: Enrolled').waitFor();
    await dialog.waitFor({ state: 'detached' });
    expectSame(portal, 2);
  });

  test.for(['forbidden', 'full'] as const)(
    'does not keep a page from starting where storage is %s',
    async (kind, { portal }) => {
      const before = kind === 'full' ? storageFull : storageForbidden;
      const page = await portal.open('/sign-in', { before });
      await page.getByText('This browser stores nothing').waitFor();
      await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Account' }).waitFor();
    },
  );
});

function storageFull(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
}

function storageForbidden(): void {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(globalThis, name, {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
}
