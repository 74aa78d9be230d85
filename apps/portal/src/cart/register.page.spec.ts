import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addLabs } from '../testing/linked-courses.ts';
import { test, until } from '../testing/page-test.ts';
import type { Portal } from '../testing/portal.ts';
import { busy } from '../testing/stub-api.ts';
import { Refusal } from '../testing/stub-campus.ts';
import { course, daysFromNow, enrollment, hold, semester, student } from '../testing/stub-data.ts';

const route = 'POST /api/enrollments/changes';
const list = (page: Page) => page.getByRole('list', { name: 'Cart' });
const row = (page: Page, code: string) => list(page).getByRole('listitem').filter({ hasText: code });
const register = (page: Page) => page.getByRole('button', { name: 'Register', exact: true });
const item = (courseId: string, more: object = {}) => ({
  courseId,
  linked: [],
  joinWaitlist: false,
  ...more,
});
const checks = ({ api }: Portal) => api.callsOf(route).filter(({ target }) => target.includes('dryRun=true'));
const writes = ({ api }: Portal) => api.callsOf(route).filter(({ target }) => !target.includes('dryRun'));

async function openCart(portal: Portal, items: readonly object[]): Promise<Page> {
  const stored = { [`cart:${student.id}`]: { '2026-fall': items } };
  const page = await portal.open('/register', { signedIn: true, stored });
  await list(page).waitFor();
  return page;
}

describe('the cart', () => {
  test('is filled on the page of a course, kept over a reload, and emptied by hand', async ({ portal }) => {
    const page = await portal.open('/courses/crs_1', { signedIn: true });
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('link', { name: 'In your cart' }).click();
    await row(page, 'CS 101').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Remove CS 101' }).click();
    await page.getByText('Your cart for Fall 2026 is empty.').waitFor();
    await page.reload();
    await page.getByText('Your cart for Fall 2026 is empty.').waitFor();
  });

  test('needs a session', async ({ portal }) => {
    const page = await portal.open('/courses/crs_1');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
  });

  test('that is stored badly, or names a course that is gone, does not stop the page', async ({ portal }) => {
    const page = await openCart(portal, [{ odd: true }, item('crs_gone'), item('crs_1')]);
    await row(page, 'crs_gone').getByText('is not offered any more').waitFor();
    await register(page).click();
    await row(page, 'CS 101').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
    const [sent] = writes(portal);
    expect(sent?.text).not.toContain('crs_gone');
  });

  test('is registered in its order, which can be changed', async ({ portal }) => {
    const page = await openCart(portal, [item('crs_1'), item('crs_2')]);
    await page.getByRole('button', { name: 'Move MATH 210 up' }).click();
    await register(page).click();
    await row(page, 'MATH 210').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
    const [sent] = writes(portal);
    expect(JSON.parse(sent?.text ?? '')).toEqual({
      add: ['crs_2', 'crs_1'].map((courseId) => ({ courseId, joinWaitlist: false })),
      mode: 'each',
    });
  });
});

describe('registering', () => {
  test('says in each row what came of it; what is refused stops nothing and stays', async ({ portal }) => {
    const { campus } = portal.api;
    campus.problems.set('crs_2', new Refusal(409, 'time_conflict', 'It meets when you are elsewhere.'));
    const page = await openCart(portal, [
      item('crs_1'),
      item('crs_2'),
      item('crs_full', { joinWaitlist: true }),
    ]);
    await register(page).dblclick();
    await row(page, 'CS 101').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
    await row(page, 'CS 220').getByRole('status').getByText('On the waitlist, position 3').waitFor();
    const refused = row(page, 'MATH 210');
    await refused.getByRole('status').getByText('It meets when you are elsewhere.').waitFor();
    await refused.getByRole('link', { name: 'Other sections with seats' }).waitFor();
    expect(writes(portal)).toHaveLength(1);
    expect(await list(page).getByRole('status').count()).toBe(3);
    await page.reload();
    await row(page, 'MATH 210').waitFor();
    expect(
      await list(page)
        .getByRole('button', { name: /^Remove/ })
        .count(),
    ).toBe(1);
  });

  test('asks again with the same key where the answer is lost after the commit', async ({ portal }) => {
    const page = await openCart(portal, [item('crs_1')]);
    await row(page, 'CS 101').getByText('Nothing stands in the way now').waitFor();
    portal.api.next(route, { kind: 'lose', committed: true });
    await register(page).click();
    await row(page, 'CS 101').getByRole('status').getByText("We don't know yet").waitFor();
    await row(page, 'CS 101').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
    const [first, second] = writes(portal);
    expect([second?.key, second?.text]).toEqual([first?.key, first?.text]);
    expect(portal.api.campus.enrollments).toHaveLength(1);
  });

  test('waits for a busy server with a countdown, until the reader stops it', async ({ portal }) => {
    const page = await openCart(portal, [item('crs_1')]);
    await row(page, 'CS 101').getByText('Nothing stands in the way now').waitFor();
    portal.api.always(route, busy(60));
    await register(page).click();
    await row(page, 'CS 101').getByRole('status').getByText('Busy. Your request is kept.').waitFor();
    await page.getByText(/Next try in \d+ s/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await row(page, 'CS 101').getByRole('status').getByText('Nothing was changed').waitFor();
  });

  test('sends more than ten changes as several sets, one after another', async ({ portal }) => {
    const many = Array.from({ length: 12 }, (_, at) =>
      course({ id: `crs_m${at}`, code: `MANY ${100 + at}`, meetings: [] }),
    );
    portal.api.campus.courses = many;
    const page = await openCart(
      portal,
      many.map(({ id }) => item(id)),
    );
    await register(page).click();
    await row(page, 'MANY 111').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
    const sizes = writes(portal).map(({ text }) => (JSON.parse(text) as { add: unknown[] }).add.length);
    expect(sizes).toEqual([10, 2]);
  });

  test('waits for the opening, and has the button under Enter then', async ({ portal }) => {
    portal.api.campus.semesters = [
      semester({ enrollmentOpensAt: new Date(Date.now() + 8_000).toISOString() }),
    ];
    const page = await openCart(portal, [item('crs_1')]);
    await page.getByText(/Enrollment opens on/).waitFor();
    expect(await register(page).isDisabled()).toBe(true);
    await page.waitForFunction(() => document.activeElement?.textContent === 'Register');
    await page.keyboard.press('Enter');
    await row(page, 'CS 101').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
  });
});

describe('the remedies of a row', () => {
  test('gives a course in the way up for another, both or neither', async ({ portal }) => {
    const { campus } = portal.api;
    const held = enrollment(campus.courseOf('crs_2'));
    campus.enrollments = [held];
    const more = { conflicts: ['crs_2'] };
    campus.problems.set('crs_1', new Refusal(409, 'time_conflict', 'It meets when you are elsewhere.', more));
    const page = await openCart(portal, [item('crs_1', { joinWaitlist: true })]);
    const swap = row(page, 'CS 101').getByRole('button', { name: 'Swap with MATH 210' });
    await swap.waitFor();
    campus.problems.clear();
    await swap.click();
    await row(page, 'CS 101').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
    const [sent] = writes(portal);
    // A place on a waitlist is no reason to give a seat up.
    const add = [{ courseId: 'crs_1', joinWaitlist: false }];
    expect(JSON.parse(sent?.text ?? '')).toEqual({ add, drop: [held.id], mode: 'all' });
  });

  test('waits in a full course, and gives the one in the way up with the seat', async ({ portal }) => {
    const { campus } = portal.api;
    const held = enrollment(campus.courseOf('crs_2'));
    campus.enrollments = [held];
    const more = { conflicts: ['crs_2'] };
    campus.problems.set('crs_full', new Refusal(409, 'time_conflict', 'You are elsewhere then.', more));
    const page = await openCart(portal, [item('crs_full')]);
    const wait = list(page).getByRole('button', { name: 'Wait, and drop MATH 210 then' });
    await wait.waitFor();
    campus.problems.clear();
    await wait.click();
    await list(page)
      .getByRole('status')
      .getByText(/On the waitlist/)
      .waitFor();
    const [sent] = writes(portal);
    const add = [{ courseId: 'crs_full', joinWaitlist: true, dropOnPromotion: held.id }];
    expect(JSON.parse(sent?.text ?? '')).toEqual({ add, mode: 'all' });
  });

  test('brings the reader to the labs where a lab was refused', async ({ portal }) => {
    const [lab] = addLabs(portal.api);
    const page = await openCart(portal, [item('crs_1', { linked: [lab.id] })]);
    await row(page, 'CS 101').getByText('Nothing stands in the way now').waitFor();
    const { problems } = portal.api.campus;
    problems.set('crs_1', new Refusal(409, 'linked_section_required', 'It is taken with a lab.'));
    problems.set(lab.id, new Refusal(409, 'seat_unavailable', 'The lab is full.'));
    await register(page).click();
    await row(page, 'CS 101').getByRole('status').getByText('The lab is full.').waitFor();
    await row(page, 'CS 101').getByRole('button', { name: 'Choose linked sections' }).first().click();
    await page.waitForFunction(() => document.activeElement?.tagName === 'SELECT');
  });
});

describe('the check of a row', () => {
  test('says all that stands in the way, each with its remedy, and follows changes', async ({ portal }) => {
    const { campus } = portal.api;
    campus.holds = [hold()];
    campus.problems.set('crs_2', new Refusal(409, 'hold', 'A hold.'));
    const page = await openCart(portal, [item('crs_full'), item('crs_2')]);
    await page.getByText('Hold: Bursar').waitFor();
    const full = row(page, 'CS 220');
    await full.getByText('CS 220 is full.').waitFor();
    // A hold is said once, for the whole page.
    expect(await row(page, 'MATH 210').getByText('A hold.').count()).toBe(0);
    await full.getByRole('button', { name: 'Join waitlist' }).click();
    await full.getByText('Full now: you would wait').waitFor();
    expect(await full.getByRole('checkbox', { name: 'Join the waitlist if it is full' }).isChecked()).toBe(
      true,
    );
    expect(campus.enrollments).toEqual([]);
  });

  test('asks once for several changes in a row, without a key', async ({ portal }) => {
    const page = await openCart(portal, [item('crs_full')]);
    await row(page, 'CS 220').getByText('CS 220 is full.').waitFor();
    const before = checks(portal).length;
    const box = page.getByRole('checkbox', { name: 'Join the waitlist if it is full' });
    for (let at = 0; at < 5; at += 1) await box.click();
    await row(page, 'CS 220').getByText('Full now: you would wait').waitFor();
    expect(checks(portal).length - before).toBe(1);
    expect(checks(portal).every(({ key }) => key === undefined)).toBe(true);
  });

  test('that cannot be made leaves the button', async ({ portal }) => {
    portal.api.always(route, busy(60));
    const page = await openCart(portal, [item('crs_1')]);
    await page.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await register(page).isEnabled()).toBe(true);
  });
});

test('linked sections stand under their lecture and are chosen there', async ({ portal }) => {
  addLabs(portal.api);
  const problem = new Refusal(409, 'linked_section_required', 'Choose a lab.', { options: [['crs_L1']] });
  portal.api.campus.problems.set('crs_1', problem);
  const page = await openCart(portal, [item('crs_1')]);
  await row(page, 'CS 101').getByRole('button', { name: 'Choose linked sections' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'SELECT');
  portal.api.campus.problems.clear();
  await page.getByRole('combobox', { name: 'Lab' }).selectOption('crs_L2');
  await row(page, 'CS 101').getByText('Nothing stands in the way now').waitFor();
  await register(page).click();
  const status = row(page, 'CS 101').getByRole('status');
  await status.getByText('CS 101 1: Enrolled').waitFor();
  await status.getByText('CS 101 L2: Enrolled').waitFor();
  await until(() => portal.api.campus.enrollments.length === 2, 'both enrollments');
});

test('variable credits are chosen in the cart', async ({ portal }) => {
  const { campus } = portal.api;
  campus.courses = [course({ credits: 3, minCredits: 1 })];
  const page = await openCart(portal, [item('crs_1')]);
  await row(page, 'CS 101').getByRole('combobox', { name: 'Credits' }).selectOption('1.5');
  await register(page).click();
  await row(page, 'CS 101').getByRole('status').getByText('Enrolled', { exact: true }).waitFor();
  expect(campus.enrollments[0]?.credits).toBe(1.5);
});

test('a closed window is said, and the cart stays', async ({ portal }) => {
  portal.api.campus.semesters = [semester({ enrollmentClosesAt: daysFromNow(-1) })];
  const page = await openCart(portal, [item('crs_1')]);
  await page.getByText(/Enrollment closed on/).waitFor();
  expect(await register(page).isDisabled()).toBe(true);
});
