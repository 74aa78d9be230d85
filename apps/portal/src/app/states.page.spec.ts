import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { RouteName } from '../api/routes.ts';
import { axeFaults } from '../testing/axe.ts';
import { test } from '../testing/page-test.ts';
import type { Portal } from '../testing/portal.ts';
import type { Script } from '../testing/stub-api.ts';
import { busy, refuse } from '../testing/stub-api.ts';
import { enrollment, notification, password, plan, student } from '../testing/stub-data.ts';

/** Screens that read from the API, and what they read. */
const reading = [
  '/',
  '/courses',
  '/courses/crs_1',
  '/timetable',
  '/plan',
  '/enrollments',
  '/waitlists',
  '/notifications',
];
const reads: readonly RouteName[] = [
  'GET /api/semesters',
  'GET /api/courses',
  'GET /api/courses/:id',
  'POST /api/courses/batch-get',
  'GET /api/enrollments/me',
  'GET /api/semesters/:id/window',
  'GET /api/plans/:semesterId',
  'GET /api/students/me',
  'GET /api/students/me/completions',
  'GET /api/holds/me',
  'GET /api/notifications/me',
  'GET /api/notifications/preferences',
];

/** All reads get that answer: how each screen then looks, by the words that tell. */
const bad: Readonly<Record<string, { script: Script; shows: (page: Page) => Promise<unknown> }>> = {
  loading: {
    script: { kind: 'hold', until: new Promise(() => undefined) },
    shows: (page) => page.locator('main').getByText('Loading…').first().waitFor({ state: 'attached' }),
  },
  'an error': {
    script: refuse(500, 'internal_error'),
    shows: (page) => page.getByRole('alert').getByText('could not answer').first().waitFor(),
  },
  busy: {
    script: busy(60),
    shows: (page) => page.getByRole('button', { name: 'Stop' }).first().waitFor(),
  },
};

async function faultsOf(pages: readonly (readonly [string, Page])[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, page] of pages) {
    await page.bringToFront();
    faults.push(...(await axeFaults(page)).map((fault) => `${name}: ${fault}`));
  }
  return faults;
}

/** Tabs of one browser that is signed in, one for each path. */
async function openAll(portal: Portal, paths: readonly string[]): Promise<[string, Page][]> {
  const context = await portal.visit({ signedIn: true, preferences: { theme: 'light' } });
  return Promise.all(
    paths.map(async (path): Promise<[string, Page]> => {
      const page = await context.newPage();
      await page.goto(path);
      return [path, page];
    }),
  );
}

/** Goes to a path within the portal, as a link does. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
}

describe('every screen is accessible', { timeout: 120_000 }, () => {
  test.for(Object.entries(bad))('while it shows %s', async ([, { script, shows }], { portal }) => {
    for (const name of reads) portal.api.always(name, script);
    const pages = await openAll(portal, [...reading, '/account']);
    for (const [, page] of pages) await shows(page);
    expect(await faultsOf(pages)).toEqual([]);
  });

  test('where there is nothing yet', async ({ portal }) => {
    const paths = [
      '/',
      '/courses?q=nothing',
      '/timetable',
      '/plan',
      '/register',
      '/enrollments',
      '/waitlists',
      '/notifications',
    ];
    const pages = await openAll(portal, paths);
    for (const [, page] of pages) {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(() => document.querySelector('main [class*=skeleton]') === null);
    }
    expect(await faultsOf(pages)).toEqual([]);
  });

  test('without a connection, with the last data and its time', async ({ portal }) => {
    const { campus } = portal.api;
    campus.enrollments = campus.courses.map((one) => enrollment(one));
    campus.notifications = campus.courses.map((one) => notification(one));
    const [[, page] = []] = await openAll(portal, ['/']);
    if (page === undefined) throw new Error('No page was opened.');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const faults: string[] = [];
    campus.plan = plan(['crs_1', 'crs_2']);
    const own = [
      '/timetable',
      '/plan',
      '/register',
      '/enrollments',
      '/waitlists',
      '/notifications',
      '/account',
    ];
    for (const path of [...own, '/']) {
      await portal.setOffline(page.context(), false);
      await goWithin(page, path);
      await page.waitForFunction(() => document.querySelector('main [class*=skeleton]') === null);
      await portal.setOffline(page.context(), true);
      await page.getByRole('status').getByText('Offline, as of').waitFor();
      faults.push(...(await faultsOf([[path, page]])));
    }
    expect(faults).toEqual([]);
  });

  test('where something is refused', async ({ portal }) => {
    const { api } = portal;
    api.always('POST /api/enrollments', refuse(409, 'credit_limit_exceeded', 'Too many credits.'));
    const stored = {
      [`cart:${student.id}`]: { '2026-fall': [{ courseId: 'crs_1' }, { courseId: 'crs_full' }] },
    };
    api.campus.plan = plan(['crs_1', 'crs_2']);
    api.always('PUT /api/plans/:semesterId', refuse(412, 'version_mismatch'));
    const context = await portal.visit({ signedIn: true, preferences: { theme: 'light' }, stored });
    const stranger = await portal.visit({ preferences: { theme: 'light' } });
    const shown: [string, Page][] = [];
    for (const [path, refusal] of Object.entries(refused)) {
      const page = await (refusal.isOwn ? context : stranger).newPage();
      await page.goto(path);
      await refusal.meet(page);
      shown.push([path, page]);
    }
    expect(await faultsOf(shown)).toEqual([]);
  });
});

interface RefusedScreen {
  readonly isOwn: boolean;
  /** Until the refusal is shown. */
  readonly meet: (page: Page) => Promise<unknown>;
}

const alert = (page: Page) => page.getByRole('alert').first().waitFor();

const refused: Readonly<Record<string, RefusedScreen>> = {
  '/courses/crs_1': {
    isOwn: true,
    meet: async (page) => {
      await page.getByRole('button', { name: 'Enroll', exact: true }).click();
      await page
        .getByRole('region', { name: 'Registration' })
        .getByRole('link', { name: 'My courses' })
        .waitFor();
    },
  },
  '/plan': {
    isOwn: true,
    meet: async (page) => {
      await page.getByRole('button', { name: 'Remove CS 101 1' }).click();
      await page.getByRole('button', { name: 'Load again' }).waitFor();
    },
  },
  '/register': {
    isOwn: true,
    meet: async (page) => {
      await page.getByText('Nothing stands in the way now').waitFor();
      await page.getByRole('button', { name: 'Register', exact: true }).click();
      await page.getByRole('status').getByText('CS 220 is full.').waitFor();
    },
  },
  '/courses/crs_none': {
    isOwn: true,
    meet: (page) => page.getByRole('heading', { level: 1, name: 'Course not found' }).waitFor(),
  },
  '/enrollments?semesterId=none': {
    isOwn: true,
    meet: (page) => page.getByText('There is no such semester').waitFor(),
  },
  '/account': {
    isOwn: true,
    meet: async (page) => {
      await page.getByLabel('Current password').fill('not the password');
      await page.getByLabel('New password').fill(password);
      await page.getByRole('button', { name: 'Change password' }).click();
      await alert(page);
    },
  },
  '/timetable': {
    isOwn: false,
    meet: (page) => page.getByText('This page is yours alone').waitFor(),
  },
  '/sign-in': {
    isOwn: false,
    meet: async (page) => {
      await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
      await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await alert(page);
    },
  },
  '/register-account': {
    isOwn: false,
    meet: async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill(student.name);
      await page.getByRole('textbox', { name: 'Email' }).fill(student.email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Create account' }).click();
      await alert(page);
    },
  },
  '/reset-password?token=bad': {
    isOwn: false,
    meet: async (page) => {
      await page.getByLabel('New password').fill(password);
      await page.locator('main form button[type=submit]').click();
      await alert(page);
    },
  },
};
