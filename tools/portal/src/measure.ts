/**
 * `npm run portal:measure`: how fast the portal is for a reader with a slow laptop, on a running `npm start`.
 *
 * Debian's Chromium, its CPU slowed down 4 times, 10 Mbit/s, 40 ms latency. For each screen:
 * - interactive: title and first content are there and the main thread then stays free of tasks over 50 ms for 500 ms;
 *   first with empty caches, then with what the browser kept;
 * - the longest of a fixed list of interactions, by the Event Timing API, which rounds to 8 ms;
 * - layout shifts that followed no input, summed.
 *
 * It enrolls an account of its own (`measure@registrar.example`). `--write` puts the figures into
 * `docs/portal-performance.md`.
 */
import { cpus, loadavg, release } from 'node:os';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '@registrar/portal/testing/browser';
import type { Browser, BrowserContext } from 'playwright-core';
import { Demo } from './demo.ts';
import { measuredScreens } from './measuring/screens.ts';
import type { ScreenVisits } from './measuring/report.ts';
import { reportOf } from './measuring/report.ts';
import type { Visit } from './measuring/visit.ts';
import { conditions, visitScreen } from './measuring/visit.ts';
import type { PortalOptions } from './running-portal.ts';
import { PortalFault, runCommand, say } from './running-portal.ts';
import { signedInContext } from './signed-in-context.ts';
import { coursesThatFit } from './week.rules.ts';

const page = join(import.meta.dirname, '../../../docs/portal-performance.md');

/** A student with a week of four courses; gives the path of a course that they can enroll in. */
async function prepare(demo: Demo): Promise<{ email: string; coursePath: string }> {
  const student = await demo.account('measure', 'Mae Measure');
  const courses = await demo.courses();
  const [free, ...week] = coursesThatFit(courses, 5);
  if (free === undefined) throw new PortalFault('The demo data has no courses.');
  for (const held of await demo.heldBy(student))
    if (held.courseId === free.id) await demo.drop(student, held);
  for (const course of week) await demo.enroll(student, course);
  return { email: student.email, coursePath: `/courses/${free.id}` };
}

async function measure(context: BrowserContext, coursePath: string, runs: number): Promise<ScreenVisits[]> {
  const measured: ScreenVisits[] = [];
  for (const screen of measuredScreens(coursePath)) {
    const visits: Visit[] = [];
    while (visits.length < runs) visits.push(await visitScreen(context, screen));
    measured.push({ name: screen.name, visits });
  }
  return measured;
}

function surroundings(browser: Browser, runs: number, loadBefore: number): string {
  const { cpuSlowdown, mbitPerSecond, latencyMs } = conditions;
  const [{ model = 'unknown' } = {}, ...others] = cpus();
  return [
    `Made by \`npm run portal:measure\` on ${new Date().toISOString().slice(0, 10)}: median of ${runs} visits,`,
    `Chromium ${browser.version()}, CPU slowed down ${cpuSlowdown} times, ${mbitPerSecond} Mbit/s, ${latencyMs} ms latency;`,
    `${others.length + 1} cores (${model.trim()}), Linux ${release()}, load average ${loadBefore.toFixed(1)} at the start,`,
    'with all of Registrar on the same machine.',
  ].join(' ');
}

await runCommand(async ({ url, runs, writes }: PortalOptions) => {
  const [loadBefore = 0] = loadavg();
  const { email, coursePath } = await prepare(new Demo(url));
  const browser = await launchChromium();
  try {
    const context = await signedInContext(browser, url, email);
    const table = reportOf(await measure(context, coursePath, runs));
    const about = surroundings(browser, runs, loadBefore);
    say(`${table}\n\n${about}`);
    if (writes) writeFileSync(page, pageOf(table, about));
  } finally {
    await browser.close();
  }
});

function pageOf(table: string, about: string): string {
  return `# Performance of the portal

Written by \`npm run portal:measure -- --write\`; do not edit it by hand. Goals are those of a slow laptop on a fair network.

${table}

${about}

- **Interactive**: since the navigation began, title and first content are there, and the main thread then stays free of tasks over 50 ms for 500 ms (which do not count). First visit: empty caches; again: with the files and own data that the browser kept.
- **Worst interaction**: the longest of a fixed list, from input to the next frame (Event Timing API, in steps of 8 ms): type in the search, toggle a facet, open the palette and type in it, enroll, drop, open the account menu.
- **Layout shift**: the sum of shifts that followed no input, the worst of all visits.

Bytes, which the tests hold: [the portal's budget](../apps/portal/README.md#commands).
`;
}
