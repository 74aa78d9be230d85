/**
 * `npm run portal:screenshots`: the pictures of the README, by a running `npm start` with its demo data, into
 * `docs/pictures`. It enrolls the demo student and makes two courses full (`npm run reset` takes that back).
 *
 * Times and counts in the pictures follow the clock, so no two runs give the same bytes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '@registrar/portal/testing/browser';
import type { Page } from 'playwright-core';
import type { DemoScene } from './demo-scene.ts';
import { setScene } from './demo-scene.ts';
import { Demo } from './demo.ts';
import { runCommand, say } from './running-portal.ts';
import { signedInContext } from './signed-in-context.ts';

const folder = join(import.meta.dirname, '../../../docs/pictures');
const desk = { width: 1_280, height: 800 };
const phone = { width: 360, height: 740 };

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
  /** What is done before, until the picture can be taken. */
  readonly act?: (page: Page) => Promise<unknown>;
}

function picturesOf({ dropped, refused }: DemoScene): readonly Picture[] {
  const light = { viewport: desk, colorScheme: 'light' } as const;
  return [
    { ...light, name: 'home', path: '/' },
    {
      ...light,
      name: 'find-courses',
      path: '/courses',
      act: (page) => page.getByRole('article').nth(5).waitFor(),
    },
    {
      ...light,
      name: 'course',
      path: `/courses/${refused.id}`,
      act: (page) =>
        page
          .getByText(/still need/)
          .first()
          .waitFor(),
    },
    { ...light, name: 'plan', path: '/plan', act: checked },
    { ...light, name: 'register', path: '/plan', act: putIntoCart },
    { ...light, name: 'timetable-dark', path: '/timetable', colorScheme: 'dark' },
    { ...light, name: 'waitlists-phone', path: '/waitlists', viewport: phone },
    { ...light, name: 'my-courses', path: '/enrollments', act: (page) => drop(page, dropped.code) },
  ];
}

/** Every entry of the plan was judged. */
async function checked(page: Page): Promise<void> {
  await page
    .getByRole('list', { name: 'Planned courses' })
    .getByText(/still need|meets/)
    .first()
    .waitFor();
}

async function putIntoCart(page: Page): Promise<void> {
  await checked(page);
  await page.getByRole('button', { name: 'Put into cart' }).click();
  await page.getByRole('button', { name: 'Register', exact: true }).waitFor();
}

async function drop(page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: `Drop ${code}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
  await page.getByRole('status').getByText('Dropped').waitFor();
  await page.getByRole('button', { name: `Drop ${code}` }).waitFor({ state: 'detached' });
  await page.evaluate(() => scrollTo(0, 0));
}

/** Everything that was asked for is there, and drawn. */
async function drawn(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('main [class*=skeleton]') === null &&
      document.querySelector('main section, main table, main ul') !== null,
  );
  await page.evaluate(
    () =>
      new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(resolve), { timeout: 2_000 })),
  );
}

await runCommand(async ({ url }) => {
  const scene = await setScene(new Demo(url));
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  try {
    const context = await signedInContext(browser, url, scene.student.email, { locale: 'en-US' });
    for (const { name, path, viewport, colorScheme, act } of picturesOf(scene)) {
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await drawn(page);
      await act?.(page);
      await page.mouse.move(0, 0);
      await drawn(page);
      await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
      say(`docs/pictures/${name}.png`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
