import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFaults, wideElements } from '../testing/axe.ts';
import { launchChromium } from '../testing/browser.ts';
import type { VisitOptions } from '../testing/portal.ts';
import { Portal } from '../testing/portal.ts';
import { test } from '../testing/page-test.ts';
import { addLabs } from '../testing/linked-courses.ts';
import { Refusal } from '../testing/stub-campus.ts';
import { course, enrollment, notification, plan, student } from '../testing/stub-data.ts';

/** Every screen, and whether it needs a session. */
const screens = {
  '/': true,
  '/courses': false,
  '/courses/crs_1': true,
  '/timetable': true,
  '/plan': true,
  '/register': true,
  '/enrollments': true,
  '/waitlists': true,
  '/notifications': true,
  '/account': true,
  '/sign-in': false,
  '/register-account': false,
  '/reset-password': false,
  '/confirm-email': false,
} as const;

const phone = { viewport: { width: 360, height: 740 } };
const modes: Readonly<Record<string, VisitOptions>> = {
  light: { preferences: { theme: 'light' } },
  dark: { preferences: { theme: 'dark' } },
  'forced colours': { forcedColors: 'active' },
  '360 px': phone,
  // 200 % zoom halves the space that a page has, in pixels of CSS.
  '200 % zoom': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  German: { preferences: { language: 'de' } },
  'German, 360 px': { ...phone, preferences: { language: 'de' } },
  'right to left': { preferences: { language: 'pseudo' } },
};

/** A campus with something on every screen, long words among it. */
function fill({ api }: Portal): void {
  const long = course({
    id: 'crs_long',
    code: 'GEOWISSENSCHAFT 1000',
    title: 'Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung und Verwandtes',
    instructors: [{ id: 'usr_long', name: 'Maximiliane-Alexandra von und zu Hohenstein-Schwarzenberg jr' }],
    instructorIds: ['usr_long'],
  });
  addLabs(api);
  const match = { groups: ['honors'] };
  const reservations = [
    { name: 'Studierende der Geowissenschaften', seats: 18, match, releasesAt: '2099-01-15T14:00:00.000Z' },
  ];
  const terms = { minCredits: 1, consent: 'instructor' } as const;
  api.campus.courses = api.campus.courses.map((one) =>
    one.id === 'crs_1' ? { ...one, ...terms, reservations } : one,
  );
  api.campus.plan = plan(['crs_1', 'crs_long', 'crs_full']);
  const detail = 'It meets at the same time as Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung.';
  api.campus.problems.set('crs_1', new Refusal(409, 'time_conflict', detail, { conflicts: ['crs_2'] }));
  api.campus.campus = {
    ...api.campus.campus,
    signIn: [...api.campus.campus.signIn, { id: 'campus', kind: 'oidc', name: 'Universität am Meer' }],
  };
  const [first, second, full] = api.campus.courses;
  const sections = Array.from({ length: 11 }, (_, at) =>
    course({ id: `crs_1_${at}`, section: String(at + 2) }),
  );
  api.campus.courses = [...api.campus.courses, ...sections, long];
  api.sessions.user = { ...student, name: 'Wolfeschlegelsteinhausenbergerdorff-Hohenlohe-Schillingsfürst' };
  api.campus.enrollments = [
    enrollment(long),
    ...(second ? [enrollment(second)] : []),
    ...(full ? [enrollment(full, { status: 'waitlisted', waitlistPosition: 2 })] : []),
  ];
  api.campus.notifications = [
    notification(long),
    ...(first ? [notification(first, { readAt: new Date().toISOString() })] : []),
  ];
}

/** Waits until the screen is there: its heading, and no skeleton. The network never rests: streams stay open. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1')?.checkVisibility() === true &&
      document.querySelector('main [class*=skeleton]') === null,
  );
}

/** Every dialog, opened in any language. */
const dialogs: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  drop: async (page) => {
    await page.goto('/enrollments');
    await page.locator('main li button').first().click();
  },
  'permit request': async (page) => {
    await page.goto('/courses/crs_1');
    await page.locator('main section [class*=notice] button').first().click();
  },
  help: (page) => page.keyboard.press('?'),
  palette: (page) => page.keyboard.press('Control+k'),
  'sign-in': async (page) => {
    await page.goto('/courses/crs_1');
    await page.locator('main section button[class*=primary]:enabled').click();
  },
};

/** What axe finds on all screens and dialogs, and elements that are wider than their box. */
async function faultsOf(portal: Portal, options: VisitOptions): Promise<string[]> {
  fill(portal);
  const faults: string[] = [];
  const items = ['crs_1', 'crs_L2', 'crs_gone'].map((courseId) => ({ courseId, joinWaitlist: true }));
  const stored = { [`cart:${student.id}`]: { '2026-fall': items } };
  const page = await (await portal.visit({ ...options, signedIn: true, stored })).newPage();
  const stranger = await (await portal.visit(options)).newPage();
  const examine = async (shown: Page, where: string) => {
    const found = [...(await axeFaults(shown)), ...(await wideElements(shown))];
    faults.push(...found.map((fault) => `${where}: ${fault}`));
  };
  for (const [path, isOwn] of Object.entries(screens)) {
    const shown = isOwn ? page : stranger;
    await shown.goto(path);
    await settled(shown);
    await examine(shown, path);
  }
  for (const [name, open] of Object.entries(dialogs)) {
    const shown = name === 'sign-in' ? stranger : page;
    await open(shown);
    await shown.locator('dialog[open]').waitFor();
    await examine(shown, `${name} dialog`);
    await shown.keyboard.press('Escape');
    await shown.locator('dialog[open]').waitFor({ state: 'detached' });
  }
  return faults;
}

describe('every screen', { timeout: 180_000 }, () => {
  test.for(Object.entries(modes))(
    'is accessible and fits its window: %s',
    async ([, options], { portal }) => {
      expect(await faultsOf(portal, options)).toEqual([]);
    },
  );

  it('is accessible and fits its window: text at 200 %, as a setting of the browser', async () => {
    const browser = await launchChromium('--blink-settings=defaultFontSize=32');
    const portal = new Portal(browser);
    try {
      await portal.server.start();
      expect(await faultsOf(portal, {})).toEqual([]);
    } finally {
      await portal.close();
      await browser.close();
    }
  });
});
