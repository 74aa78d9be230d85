import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from '../testing/page-test.ts';
import type { Portal } from '../testing/portal.ts';
import { refuse } from '../testing/stub-api.ts';
import { completion, hold, student, studentRecord } from '../testing/stub-data.ts';

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Name and value of every fact of the record. */
async function factsOf(page: Page): Promise<string[]> {
  const facts = region(page, 'Student record').locator('dl > div');
  await facts.first().waitFor();
  return (await facts.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

describe('the account of a student', () => {
  test('shows the record that windows, restrictions and limits go by', async ({ portal }) => {
    portal.api.campus.record = studentRecord({
      externalId: '20261042',
      programs: ['CS', 'MATH'],
      level: 'senior',
      groups: ['honors'],
      earnedCredits: 91.5,
      creditLimit: 21,
    });
    const page = await portal.open('/account', { signedIn: true });
    expect(await factsOf(page)).toEqual([
      'Student number 20261042',
      'Programs CS, MATH',
      'Level of study senior',
      'Groups honors',
      'Earned credits 91.5 credits',
      'Credit limit 21 credits a semester',
    ]);
  });

  test('says where nothing is in it yet', async ({ portal }) => {
    const page = await portal.open('/account', { signedIn: true });
    expect(await factsOf(page)).toEqual([
      'Programs None entered',
      'Level of study None entered',
      'Groups None entered',
      'Earned credits 0 credits',
      'Credit limit That of the semester',
    ]);
    await region(page, 'Student record').getByText('has not entered a program yet').waitFor();
    await region(page, 'Completed courses').getByText('Nothing yet.').waitFor();
    await region(page, 'Holds').getByText('No hold is in force.').waitFor();
  });

  test('lists every completed course with its grade, and where it is from', async ({ portal }) => {
    portal.api.campus.completions = [
      completion('CS 101', { source: 'enrollment', enrollmentId: 'enr_1', grade: 'F', credits: 4.5 }),
      completion('MATH 1', { completedOn: '2025-12-19' }),
      completion('PLACEMENT 1', { source: 'registrar', grade: null, credits: 0 }),
      ...Array.from({ length: 100 }, (_, at) => completion(`ART ${at}`)),
    ];
    const page = await portal.open('/account', { signedIn: true });
    const rows = page.getByRole('table', { name: 'Completed courses' }).locator('tbody tr');
    await rows.first().waitFor();
    const texts = (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    expect(texts.slice(0, 3)).toEqual([
      'CS 101 4.5 credits (taken here) F not passed May 15, 2026',
      "MATH 1 4 credits (credited by the registrar's office) B+ Dec 19, 2025",
      "PLACEMENT 1 0 credits (credited by the registrar's office) no grade May 15, 2026",
    ]);
    expect(texts).toHaveLength(103);
  });

  test('shows released holds apart from those in force', async ({ portal }) => {
    portal.api.campus.holds = [
      hold(),
      hold({ id: 'hld_2', office: 'Library', releasedAt: '2026-08-20T14:00:00.000Z', releasedBy: 'usr_x' }),
    ];
    const page = await portal.open('/account', { signedIn: true });
    const holds = region(page, 'Holds');
    await holds.getByText('Contact Bursar to have it released.').waitFor();
    await holds.getByText('Released holds (1)').click();
    await holds.getByText('From Aug 1, 2026 to Aug 20, 2026.').waitFor();
    expect(await holds.getByText('Contact Library').count()).toBe(0);
  });

  test('says of each part what cannot be read, and tries again', async ({ portal }) => {
    const parts = {
      Holds: 'GET /api/holds/me',
      'Student record': 'GET /api/students/me',
      'Completed courses': 'GET /api/students/me/completions',
    } as const;
    for (const route of Object.values(parts)) portal.api.always(route, refuse(400, 'odd'));
    const page = await portal.open('/account', { signedIn: true });
    for (const [name, route] of Object.entries(parts) as [string, (typeof parts)['Holds']][]) {
      await region(page, name).getByRole('alert').getByText('tell the help desk this number').waitFor();
      portal.api.always(route, undefined);
      await region(page, name).getByRole('button', { name: 'Retry' }).click();
      await region(page, name).getByRole('alert').waitFor({ state: 'detached' });
    }
  });

  test('shows the last data without a connection', async ({ portal }) => {
    portal.api.campus.record = studentRecord({ programs: ['CS'] });
    portal.api.campus.completions = [completion('MATH 1')];
    portal.api.campus.holds = [hold()];
    const page = await portal.open('/account', { signedIn: true });
    await page.getByRole('link', { name: 'MATH 1' }).waitFor();
    await page.waitForFunction(() =>
      localStorage.getItem('registrar:own:usr_student')?.includes('/api/students/me/completions'),
    );
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await portal.setOffline(page.context(), true);
    await page.reload();
    await page.getByRole('status').getByText('Offline, as of').waitFor();
    await page.getByRole('link', { name: 'MATH 1' }).waitFor();
    await page.getByText('Contact Bursar to have it released.').waitFor();
    expect(await factsOf(page)).toContain('Programs CS');
  });
});

test('the account of others has no student record', async ({ portal }: { portal: Portal }) => {
  portal.api.sessions.user = { ...student, roles: ['instructor'] };
  const page = await portal.open('/account', { signedIn: true });
  await page.getByRole('heading', { name: 'This browser' }).waitFor();
  expect(await region(page, 'Student record').count()).toBe(0);
  expect(portal.api.callsOf('GET /api/students/me')).toHaveLength(0);
});
