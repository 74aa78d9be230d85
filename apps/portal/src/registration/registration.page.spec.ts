import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { Portal } from '../testing/portal.ts';
import { test, until } from '../testing/page-test.ts';
import { busy, refuse } from '../testing/stub-api.ts';
import { course, daysFromNow, enrollment, password, semester } from '../testing/stub-data.ts';

const outcome = (page: Page) => page.getByRole('region', { name: 'Registration' }).getByRole('status');
const enroll = (page: Page) => page.getByRole('button', { name: 'Enroll', exact: true });
const enrolls = (portal: Portal) => portal.api.callsOf('POST /api/enrollments');

async function openCourse(portal: Portal, id = 'crs_1'): Promise<Page> {
  const page = await portal.open(`/courses/${id}`, { signedIn: true });
  await page.getByRole('button', { name: 'Account' }).waitFor();
  return page;
}

describe('enrolling', () => {
  test('takes a seat by one request, however often the button is pressed', async ({ portal }) => {
    const page = await openCourse(portal);
    await enroll(page).dblclick();
    await outcome(page).getByText('Enrolled', { exact: true }).waitFor();
    expect(enrolls(portal)).toHaveLength(1);
    await page.getByRole('button', { name: 'Drop' }).waitFor();
  });

  test('in a full course joins its waitlist and says the position', async ({ portal }) => {
    const page = await openCourse(portal, 'crs_full');
    await page.getByRole('button', { name: 'Join waitlist' }).click();
    await outcome(page).getByText('On the waitlist, position 3').waitFor();
  });

  test('asks again with the same key and bytes where the answer is lost after the commit', async ({
    portal,
  }) => {
    portal.api.next('POST /api/enrollments', { kind: 'lose', committed: true });
    const page = await openCourse(portal);
    await enroll(page).click();
    await outcome(page).getByText("We don't know yet").waitFor();
    await outcome(page).getByText('Enrolled', { exact: true }).waitFor();
    const [first, second] = enrolls(portal);
    expect([second?.key, second?.text]).toEqual([first?.key, first?.text]);
    expect(portal.api.campus.enrollments).toHaveLength(1);
  });

  test.for([
    [503, 'overloaded'],
    [429, 'rate_limited'],
  ] as const)(
    'counts down after %d %s, and stops when the reader says so',
    async ([status, code], { portal }) => {
      portal.api.always('POST /api/enrollments', busy(60, code, status));
      const page = await openCourse(portal);
      await enroll(page).click();
      await outcome(page).getByText('Busy. Your request is kept.').waitFor();
      await outcome(page)
        .getByText(/Next try in \d+ s/)
        .waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await outcome(page).getByText('Nothing was changed').waitFor();
      expect(enrolls(portal)).toHaveLength(1);
      expect(await page.evaluate(() => localStorage.getItem('registrar:intents'))).toBe('[]');
    },
  );

  test('goes on after signing in again where the session ended in the middle', async ({ portal }) => {
    const page = await openCourse(portal);
    await enroll(page).waitFor();
    portal.api.sessions.endAll();
    // Not by the pointer: the stream ends as well, and the dialog may be over the page by then.
    await enroll(page).dispatchEvent('click');
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await outcome(page).getByText('Enrolled', { exact: true }).waitFor();
    expect(new Set(enrolls(portal).map(({ key }) => key)).size).toBe(1);
  });

  test('goes on where a renewal of the session that ended is refused only after signing in again', async ({
    portal,
  }) => {
    const { api } = portal;
    const page = await openCourse(portal);
    await enroll(page).waitFor();
    const [asked, signedIn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    api.next('POST /api/enrollments', { kind: 'hold', until: asked.promise });
    api.next(
      'POST /api/auth/web/refresh',
      { kind: 'hold', until: Promise.resolve() },
      { kind: 'hold', until: signedIn.promise },
    );
    await enroll(page).dispatchEvent('click');
    await until(() => enrolls(portal).length === 1, 'the request is on its way');
    api.sessions.endAll();
    api.streams.endAll();
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
    asked.resolve();
    await until(() => api.callsOf('POST /api/auth/web/refresh').length > 2, 'the second renewal');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    signedIn.resolve();
    await outcome(page).getByText('Enrolled', { exact: true }).waitFor();
    expect(new Set(enrolls(portal).map(({ key }) => key)).size).toBe(1);
  });

  test('opens by itself, by the clock of the server, when the window does', async ({ portal }) => {
    const { api } = portal;
    api.clockOffsetMs = 3_600_000;
    const serverNow = Date.now() + api.clockOffsetMs;
    const opensAt = new Date(serverNow + 15_000).toISOString();
    api.campus.semesters = [semester({ enrollmentOpensAt: opensAt })];
    const page = await openCourse(portal);
    await enroll(page).waitFor();
    expect(await enroll(page).isDisabled()).toBe(true);
    // The device's clock is an hour behind: by that it would be an hour and some seconds.
    await page.getByText(/, in \d+ sec\./).waitFor();
    await page.getByRole('button', { name: 'Enroll', exact: true, disabled: false }).waitFor();
    expect(Date.now() + api.clockOffsetMs).toBeGreaterThanOrEqual(Date.parse(opensAt) - 1_000);
    expect(enrolls(portal)).toHaveLength(0);
  });

  test('shows a hostile title as text', async ({ portal }) => {
    const title = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    portal.api.campus.courses = [course({ title, description: title })];
    const page = await openCourse(portal);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: title }).waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
  });
});

test('the dialog before dropping says so when the deadline passes while it is open', async ({ portal }) => {
  const { campus } = portal.api;
  const soon = new Date(Date.now() + 12_000).toISOString();
  campus.semesters = [semester({ dropDeadlineAt: daysFromNow(-1), withdrawDeadlineAt: soon })];
  campus.enrollments = [enrollment(course())];
  const page = await openCourse(portal);
  await page.getByRole('button', { name: 'Drop', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Drop' });
  await dialog.getByText('This is a withdrawal').waitFor();
  expect(await confirm.isEnabled()).toBe(true);
  await dialog.getByRole('status').getByText('Withdrawing ended').waitFor();
  expect(await confirm.isDisabled()).toBe(true);
});

test('the course is drawn over the own week, which is said in words too', async ({ portal }) => {
  portal.api.campus.enrollments = [enrollment(portal.api.campus.courseOf('crs_2'))];
  const page = await openCourse(portal);
  const week = page.getByRole('region', { name: 'In your week' }).getByRole('img');
  await week.waitFor();
  const times = 'Mon, Wed 9:00 AM–10:30 AM';
  expect(await week.getAttribute('aria-label')).toBe(
    `When it meets: CS 101 ${times}. Your week: MATH 210 Tue 1:00 PM–2:30 PM.`,
  );
});

const remedies: Record<RefusalCode, string | undefined> = {
  course_not_open: 'Other sections with seats',
  registration_paused: undefined,
  hold: 'My holds',
  permission_required: 'Ask for a permit',
  linked_section_required: 'Choose linked sections',
  seat_reserved: 'Join waitlist',
  restricted: 'Other sections with seats',
  enrollment_window_closed: undefined,
  already_enrolled: 'MATH 210',
  prerequisite_not_met: 'MATH 210',
  time_conflict: 'MATH 210',
  credit_limit_exceeded: 'My courses',
  seat_unavailable: 'Join waitlist',
  waitlist_full: 'Other sections with seats',
};

describe('a refusal', () => {
  test.for(Object.entries(remedies))(
    '%s is said in words, with its remedy beside it',
    async ([code, remedy], { portal }) => {
      const other = portal.api.campus.courseOf('crs_2');
      portal.api.campus.enrollments = [enrollment(other)];
      portal.api.campus.courses = portal.api.campus.courses.map((one) =>
        one.id === 'crs_1'
          ? { ...one, prerequisites: code === 'prerequisite_not_met' ? ['MATH 210'] : [] }
          : one,
      );
      const more = { conflicts: ['crs_2'] };
      portal.api.always('POST /api/enrollments', refuse(409, code, 'The reason in words.', more));
      const page = await openCourse(portal);
      await enroll(page).click();
      await page.waitForFunction(
        () => document.querySelector('section[aria-label=Registration] [role=status]')?.textContent,
      );
      const text = await outcome(page).textContent();
      expect(text).not.toContain(code);
      if (remedy === undefined) return;
      const panel = page.getByRole('region', { name: 'Registration' });
      const offered = panel.getByRole('button').or(panel.getByRole('link')).filter({ hasText: remedy });
      await offered.first().waitFor();
    },
  );

  test('with an unknown code is said by the words of the server', async ({ portal }) => {
    portal.api.always(
      'POST /api/enrollments',
      refuse(409, 'of_the_future', 'A rule of tomorrow stands in the way.'),
    );
    const page = await openCourse(portal);
    await enroll(page).click();
    await outcome(page).getByText('A rule of tomorrow').waitFor();
  });
});

/** All seats but one are taken now. */
function takeSeats({ api }: Portal): void {
  api.campus.courses = api.campus.courses.map((one) =>
    one.id === 'crs_1' ? { ...one, enrolledCount: 29, seatsAvailable: 1 } : one,
  );
  api.streams.publishSeats('crs_1');
}

test('another tab takes the stream of seats over where the one that holds it closes', async ({ portal }) => {
  const { api } = portal;
  const context = await portal.visit();
  const [leader, other] = [await context.newPage(), await context.newPage()];
  for (const page of [leader, other]) {
    await page.goto('/courses/crs_1');
    await page.getByText('12 of 30 taken').waitFor();
  }
  await until(() => api.streams.count('seats') === 1, 'a stream of seats');
  await leader.close();
  await until(() => api.callsOf('GET /api/seats/stream').length === 2, 'another leader');
  await until(() => api.streams.count('seats') === 1, 'one stream');
  takeSeats(portal);
  await other.getByText('29 of 30 taken').waitFor();
});

test('seven tabs hold one stream of seats, and all of them see a change', async ({ portal }) => {
  const { api } = portal;
  const context = await portal.visit();
  const tabs: Page[] = [];
  for (let tab = 0; tab < 7; tab += 1) {
    const page = await context.newPage();
    await page.goto('/courses/crs_1');
    await page.getByText('12 of 30 taken').waitFor();
    tabs.push(page);
  }
  await until(() => api.streams.count('seats') === 1, 'a stream of seats');
  takeSeats(portal);
  for (const page of tabs) await page.getByText('29 of 30 taken').waitFor();
  expect(api.callsOf('GET /api/seats/stream')).toHaveLength(1);
});

test('times are of the campus, whatever the zone of the browser', async ({ portal }) => {
  portal.api.campus.semesters = [
    semester({ enrollmentOpensAt: '2099-01-15T14:00:00.000Z', enrollmentClosesAt: daysFromNow(40_000) }),
  ];
  const page = await openCourse(portal);
  await page
    .getByText(/Jan 15, 2099, 9:00 AM EST/)
    .first()
    .waitFor();
});

describe('the buttons', () => {
  test('are not there while it is not known whether the reader is in the course', async ({ portal }) => {
    portal.api.always('GET /api/enrollments/me', busy(60));
    const page = await openCourse(portal);
    const region = page.getByRole('region', { name: 'Registration' });
    await region.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await enroll(page).count()).toBe(0);
    // What a busy server says is heeded: nothing asks again before its time.
    expect(portal.api.callsOf('GET /api/enrollments/me')).toHaveLength(1);
    portal.api.always('GET /api/enrollments/me', undefined);
    await region.getByRole('button', { name: 'Retry' }).click();
    await enroll(page).waitFor();
  });
});
