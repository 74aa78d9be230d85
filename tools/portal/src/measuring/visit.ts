import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { observePage } from './observer.ts';
import type { MeasuredScreen } from './screens.ts';

/** The reader's machine and connection: a slow laptop on a fair network. */
export const conditions = { cpuSlowdown: 4, mbitPerSecond: 10, latencyMs: 40 } as const;

/** The main thread counts as idle after so long without a task of over 50 ms. */
const idleMs = 500;

/** One visit of a screen. */
export interface Visit {
  /** Without any file, and without own data of an earlier visit. */
  readonly firstMs: number;
  /** With what the browser kept. */
  readonly againMs: number;
  /** By name; under 16 ms is not told apart and counts as 16. */
  readonly interactions: ReadonlyMap<string, number>;
  readonly layoutShift: number;
}

/** Visits a screen twice in a browser that is signed in, and uses it the second time. */
export async function visitScreen(context: BrowserContext, screen: MeasuredScreen): Promise<Visit> {
  const page = await context.newPage();
  try {
    const cdp = await context.newCDPSession(page);
    await forgetFiles(page, cdp);
    await page.addInitScript(observePage, screen.content);
    await slowDown(cdp);
    await page.goto(screen.path);
    const firstMs = await interactiveAt(page);
    const firstShift = await page.evaluate(() => window.figures.layoutShift);
    await page.goto(screen.path);
    const againMs = await interactiveAt(page);
    const interactions = await interact(page, screen);
    const againShift = await page.evaluate(() => window.figures.layoutShift);
    return { firstMs, againMs, interactions, layoutShift: Math.max(firstShift, againShift) };
  } finally {
    await page.close();
  }
}

/** Empties every store but the session's: cookies, and who is signed in. */
async function forgetFiles(page: Page, cdp: CDPSession): Promise<void> {
  await page.goto('/sign-in');
  await page.evaluate(() => {
    for (const name of Object.keys(localStorage))
      if (name.startsWith('registrar:own')) localStorage.removeItem(name);
  });
  const { origin } = new URL(page.url());
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'service_workers,cache_storage' });
  await cdp.send('Network.clearBrowserCache');
  await page.goto('about:blank');
}

async function slowDown(cdp: CDPSession): Promise<void> {
  const { cpuSlowdown, mbitPerSecond, latencyMs } = conditions;
  const throughput = (mbitPerSecond * 1_000_000) / 8;
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}

/**
 * When the page could be used, in ms since the navigation began: its title and first content are there, and after the
 * last task of over 50 ms the main thread was free for 500 ms. The 500 ms themselves do not count.
 */
async function interactiveAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction((pauseMs) => {
    const { contentAtMs, lastLongTaskEndMs } = window.figures;
    if (contentAtMs === undefined) return undefined;
    const at = Math.max(contentAtMs, lastLongTaskEndMs);
    return performance.now() - at >= pauseMs ? { at } : undefined;
  }, idleMs);
  return (await handle.jsonValue())?.at ?? Number.NaN;
}

async function interact(page: Page, { interactions }: MeasuredScreen): Promise<ReadonlyMap<string, number>> {
  const durations = new Map<string, number>();
  for (const [name, act] of Object.entries(interactions)) {
    await page.evaluate(() => (window.figures.interactions = {}));
    await act(page);
    await settled(page);
    const noted = await page.evaluate(() => Object.values(window.figures.interactions));
    durations.set(name, Math.max(16, ...noted));
  }
  return durations;
}

/** What was done is on the screen, and reported: two frames, and then nothing to do. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 }));
  });
}
