import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addLabs } from '../testing/linked-courses.ts';
import { test, until } from '../testing/page-test.ts';
import type { Portal } from '../testing/portal.ts';
import { refuse } from '../testing/stub-api.ts';
import { course, enrollment, plan, student } from '../testing/stub-data.ts';

const route = 'PUT /api/plans/:semesterId';
const entries = (page: Page) => page.getByRole('list', { name: 'Planned courses' });
const grid = (page: Page) => page.getByRole('table', { name: 'Timetable' });
const saved = (page: Page) => page.getByRole('status').getByText('Saved', { exact: true });
const chosenIn = ({ api }: Portal) =>
  api.campus.plan?.entries.map(({ choices }) =>
    choices.map(({ courses }) => courses.map(({ courseId }) => courseId).join('+')),
  );

async function openPlan(portal: Portal): Promise<Page> {
  const page = await portal.open('/plan', { signedIn: true });
  await page.getByRole('searchbox', { name: 'Add a course' }).waitFor();
  return page;
}

/** A second section of the first course, at another time. */
function addSection({ api }: Portal): void {
  const meetings = [{ day: 'fri', start: '11:00', end: '12:30', room: 'C 3' }] as const;
  api.campus.courses = [
    ...api.campus.courses,
    course({ id: 'crs_1b', section: '2', meetings: [...meetings] }),
  ];
}

describe('the plan', () => {
  test('is made by searching: shown at once, and kept', async ({ portal }) => {
    const page = await openPlan(portal);
    await page.getByText('Your plan for Fall 2026 is empty.').waitFor();
    await page.getByRole('searchbox', { name: 'Add a course' }).fill('linear');
    await page.getByRole('button', { name: 'Add MATH 210 1' }).click();
    await entries(page).getByText('MATH 210').first().waitFor();
    await grid(page)
      .getByRole('link', { name: /MATH 210 Planned/ })
      .waitFor();
    await saved(page).waitFor();
    expect(chosenIn(portal)).toEqual([['crs_2']]);
    // There was no plan: nothing to match.
    expect(portal.api.callsOf(route)[0]?.headers['if-match']).toBeUndefined();
    await page.reload();
    await entries(page).getByText('MATH 210').first().waitFor();
  });

  test('takes another section as a further choice, which can be preferred and taken out', async ({
    portal,
  }) => {
    addSection(portal);
    portal.api.campus.plan = plan(['crs_1', 'crs_2']);
    const page = await openPlan(portal);
    const first = entries(page).getByRole('listitem').first();
    await first.getByText('Add another section').click();
    await first.getByRole('button', { name: 'Add section 2' }).click();
    await page.getByRole('button', { name: 'Prefer CS 101 2 more' }).click();
    await page.getByRole('button', { name: 'Move MATH 210 up' }).click();
    await until(
      () => JSON.stringify(chosenIn(portal)) === '[["crs_2"],["crs_1b","crs_1"]]',
      'the plan in its new order',
    );
    await page.getByRole('button', { name: 'Remove CS 101 1' }).click();
    await page.getByRole('button', { name: 'Remove MATH 210 1' }).click();
    await until(() => JSON.stringify(chosenIn(portal)) === '[["crs_1b"]]', 'the plan without them');
    expect(portal.api.callsOf(route).map(({ headers }) => headers['if-match'])[0]).toBe('"1"');
  });

  test('shows a choice in the week while it is looked at, by pointer and by keyboard', async ({ portal }) => {
    addSection(portal);
    portal.api.campus.plan = plan(['crs_1']);
    const page = await openPlan(portal);
    const preview = grid(page).getByRole('link', { name: /CS 101 Preview/ });
    await page.getByText('Add another section').click();
    const add = page.getByRole('button', { name: 'Add section 2' });
    await add.hover();
    await preview.waitFor();
    await page.mouse.move(0, 0);
    await preview.waitFor({ state: 'detached' });
    await add.focus();
    await preview.waitFor();
  });

  test('says what is enrolled, waited for and planned by word, and conflicts to the minute', async ({
    portal,
  }) => {
    const { campus } = portal.api;
    const meetings = [{ day: 'wed', start: '10:05', end: '11:00', room: '' }] as const;
    campus.courses = [...campus.courses, course({ id: 'crs_c', code: 'ART 5', meetings: [...meetings] })];
    campus.enrollments = [
      enrollment(campus.courseOf('crs_1')),
      enrollment(campus.courseOf('crs_2'), { status: 'waitlisted', waitlistPosition: 1 }),
    ];
    campus.plan = plan(['crs_c']);
    const page = await openPlan(portal);
    for (const name of [/CS 101 Enrolled/, /MATH 210 Waiting/, /ART 5 Planned/])
      await grid(page).getByRole('link', { name }).first().waitFor();
    await page.getByText('CS 101 and ART 5 meet at once: Wednesday 10:05 AM–10:30 AM').waitFor();
    await page.getByRole('region', { name: 'By day' }).getByText('Planned').waitFor();
  });

  test('is checked: problems of every choice, and the one that would be chosen', async ({ portal }) => {
    addSection(portal);
    const { campus } = portal.api;
    campus.plan = plan([], {
      entries: [
        {
          choices: [{ courses: [{ courseId: 'crs_1' }] }, { courses: [{ courseId: 'crs_1b' }] }],
          joinWaitlist: false,
        },
      ],
    });
    const problem = { courseId: 'crs_1', code: 'seat_unavailable', detail: 'All seats are taken.' };
    campus.planCheck = {
      opensAt: new Date().toISOString(),
      entries: [{ chosen: 1, choices: [{ problems: [problem] }, { problems: [] }] }],
    };
    const page = await openPlan(portal);
    await entries(page).getByText('All seats are taken.').waitFor();
    await entries(page).getByText('Would be chosen').waitFor();
    await page.getByRole('button', { name: 'Put into cart' }).click();
    await page.getByRole('list', { name: 'Cart' }).getByText('CS 101 2').waitFor();
  });
});

describe('a change of the plan', () => {
  test('that comes after one from elsewhere waits until the reader has loaded that one', async ({
    portal,
  }) => {
    portal.api.campus.plan = plan(['crs_1', 'crs_2']);
    const page = await openPlan(portal);
    await entries(page).getByText('MATH 210').first().waitFor();
    portal.api.campus.plan = plan(['crs_full'], { version: 2 });
    portal.api.next(route, refuse(412, 'version_mismatch'));
    await page.getByRole('button', { name: 'Remove CS 101 1' }).click();
    await page.getByRole('alert').getByText('changed in another tab').waitFor();
    await page.getByRole('button', { name: 'Load again' }).click();
    await entries(page).getByText('CS 220').first().waitFor();
    expect(await entries(page).getByText('MATH 210').count()).toBe(0);
  });

  test('that could not be kept stays on the page, to be sent again', async ({ portal }) => {
    portal.api.campus.plan = plan(['crs_1', 'crs_2']);
    const page = await openPlan(portal);
    portal.api.next(route, refuse(500, 'internal_error'));
    await page.getByRole('button', { name: 'Remove CS 101 1' }).click();
    await page.getByRole('alert').getByText('is not kept yet').waitFor();
    expect(await entries(page).getByText('CS 101').count()).toBe(0);
    await page.getByRole('button', { name: 'Retry' }).click();
    await saved(page).waitFor();
    expect(chosenIn(portal)).toEqual([['crs_2']]);
  });
});

test('a course is added to the plan on its page, with the sections that are chosen there', async ({
  portal,
}) => {
  addLabs(portal.api);
  const page = await portal.open('/courses/crs_1', { signedIn: true });
  await page.getByRole('radio', { name: /Section L2/ }).check();
  await page.getByRole('button', { name: 'Add to plan' }).click();
  await page.getByRole('link', { name: 'In your plan' }).click();
  await entries(page).getByText('CS 101').first().waitFor();
  expect(chosenIn(portal)).toEqual([['crs_1+crs_L2']]);
  expect(await page.getByRole('combobox', { name: 'Lab' }).inputValue()).toBe('crs_L2');
  await page.getByRole('button', { name: 'Put into cart' }).click();
  const cart = await page.evaluate((name) => localStorage.getItem(name), `registrar:cart:${student.id}`);
  expect(JSON.parse(cart ?? '')).toEqual({
    '2026-fall': [{ courseId: 'crs_1', linked: ['crs_L2'], joinWaitlist: false }],
  });
});
