import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Debian's packages: the shell without a window takes a third of the processor time for the same engine. */
const packages = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Starts Chromium: `CHROMIUM_PATH`, or one of Debian's packages. @param own further switches */
export async function launchChromium(...own: string[]): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? packages.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath))
    throw new Error(
      `No Chromium at ${executablePath ?? packages.join(' or ')}: install it (apt-get install chromium-headless-shell) or set CHROMIUM_PATH.`,
    );
  return chromium.launch({ executablePath, args: [...switches, ...own] });
}
