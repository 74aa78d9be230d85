import { afterAll, beforeAll, test as base } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from './browser.ts';
import { Portal } from './portal.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

/** A test with a portal of its own; the browser is shared by the file. The test fails where the console is not clean. */
export const test = base.extend<{ portal: Portal }>({
  // eslint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what the fixture needs
  portal: async ({}, hand) => {
    const portal = new Portal(browser);
    await portal.server.start();
    try {
      await hand(portal);
    } finally {
      await portal.close();
    }
  },
});

/** Waits until a condition of the stub holds, which no element of a page shows. */
export async function until(holds: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
