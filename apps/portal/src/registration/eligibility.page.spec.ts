import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { axeFaults, wideElements } from '../testing/axe.ts';
import { test, until } from '../testing/page-test.ts';
import type { Portal, VisitOptions } from '../testing/portal.ts';
import { refuse } from '../testing/stub-api.ts';
import type { Course } from '../testing/stub-data.ts';
import {
  completion,
  course,
  daysFromNow,
  enrollment,
  hold,
  notification,
  semester,
  studentRecord,
} from '../testing/stub-data.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'Registration' });
const enroll = (page: Page, disabled?: boolean) =>
  page.getByRole('button', { name: 'Enroll', exact: true, ...(disabled !== undefined && { disabled }) });
const signedIn: VisitOptions = { signedIn: true };

/** What the first course of the stub requires, and for whom it is. */
function change({ api }: Portal, changes: Partial<Course>): void {
  api.campus.courses = api.campus.courses.map((one) => (one.id === 'crs_1' ? { ...one, ...changes } : one));
}

/** The words of a fact of the course page, by its name. */
const fact = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

describe('the own opening', () => {
  test('counts, not the general one: the button waits for it, and opens by itself', async ({ portal }) => {
    const { api } = portal;
    api.clockOffsetMs = 3_600_000;
    const opensAt = new Date(Date.now() + api.clockOffsetMs + 12_000).toISOString();
    api.campus.ticket = { name: 'Seniors', opensAt };
    const page = await portal.open('/courses/crs_1', signedIn);
    await panel(page)
      .getByText(/^Your enrollment opens on .* \(Seniors\), in \d+ sec\./)
      .waitFor();
    expect(await enroll(page).isDisabled()).toBe(true);
    await enroll(page, false).waitFor();
    expect(Date.now() + api.clockOffsetMs).toBeGreaterThanOrEqual(Date.parse(opensAt) - 1_000);
  });

  test('is earlier than the general one for whom a ticket matches, and nobody else sees it', async ({
    portal,
  }) => {
    portal.api.campus.semesters = [semester({ enrollmentOpensAt: daysFromNow(3) })];
    portal.api.campus.ticket = { name: 'Seniors', opensAt: daysFromNow(-1) };
    const page = await portal.open('/courses/crs_1', signedIn);
    await enroll(page, false).waitFor();
    const stranger = await portal.open('/courses/crs_1');
    await panel(stranger)
      .getByText(/^Enrollment opens on .*, in 2 days 23 hr/)
      .waitFor();
    expect(await enroll(stranger).isDisabled()).toBe(true);
    expect(portal.api.callsOf('GET /api/semesters/:id/window')).toHaveLength(1);
  });

  test('is on the home page with its ticket, and opens there by itself', async ({ portal }) => {
    portal.api.campus.ticket = { name: 'Seniors', opensAt: new Date(Date.now() + 10_000).toISOString() };
    const page = await portal.open('/', signedIn);
    await page.getByText(/^Your enrollment in Fall 2026 opens on .* \(Seniors\)/).waitFor();
    await page.getByText(/^Enrollment in Fall 2026 is open, until/).waitFor();
  });

  test('that cannot be read leaves the general one, with a way to try again', async ({ portal }) => {
    portal.api.always('GET /api/semesters/:id/window', refuse(400, 'odd'));
    const page = await portal.open('/courses/crs_1', signedIn);
    await panel(page).getByRole('alert').getByText('tell the help desk this number').waitFor();
    await enroll(page, false).waitFor();
    portal.api.always('GET /api/semesters/:id/window', undefined);
    portal.api.campus.ticket = { name: 'Seniors', opensAt: daysFromNow(1) };
    await panel(page).getByRole('button', { name: 'Retry' }).click();
    await panel(page)
      .getByText(/\(Seniors\)/)
      .waitFor();
    expect(await panel(page).getByRole('alert').count()).toBe(0);
  });

  test('closes with the course where that has a time of its own', async ({ portal }) => {
    change(portal, { enrollmentClosesAt: daysFromNow(-1) });
    const page = await portal.open('/courses/crs_1', signedIn);
    await panel(page)
      .getByText(/^Enrollment closed on/)
      .waitFor();
    expect(await enroll(page).isDisabled()).toBe(true);
  });
});

describe('a pause of registration', () => {
  test('is said, keeps the button still, and leaves dropping possible', async ({ portal }) => {
    const { campus } = portal.api;
    campus.semesters = [semester({ pausedAt: daysFromNow(-1) })];
    campus.enrollments = [enrollment(campus.courseOf('crs_2'))];
    const page = await portal.open('/courses/crs_1', signedIn);
    await panel(page).getByText("Registration is paused by the registrar's office.").waitFor();
    expect(await enroll(page).isDisabled()).toBe(true);
    await page.goto('/courses/crs_2');
    expect(await page.getByRole('button', { name: 'Drop', exact: true }).isEnabled()).toBe(true);
    await page.goto('/');
    await page.getByText("Registration is paused by the registrar's office.").waitFor();
  });

  test('begins and ends without a reload', async ({ portal }) => {
    const { campus } = portal.api;
    campus.semesters = [semester({ pausedAt: new Date(Date.now() + 6_000).toISOString() })];
    const page = await portal.open('/courses/crs_1', signedIn);
    await enroll(page, false).waitFor();
    await enroll(page, true).waitFor();
    campus.semesters = [semester()];
    await enroll(page, false).waitFor({ timeout: 30_000 });
  });

  test('that the page learns from a refusal is shown then', async ({ portal }) => {
    const page = await portal.open('/courses/crs_1', signedIn);
    await enroll(page, false).waitFor();
    portal.api.campus.semesters = [semester({ pausedAt: daysFromNow(-1) })];
    portal.api.next('POST /api/enrollments', refuse(409, 'registration_paused', 'Paused, by the server.'));
    await enroll(page).click();
    await panel(page).getByText('Paused, by the server.').waitFor();
    await enroll(page, true).waitFor();
  });
});

describe('holds', () => {
  test('stand beside the button, which stays enabled, and lead to the account', async ({ portal }) => {
    portal.api.campus.holds = [
      hold(),
      hold({ id: 'hld_2', office: 'Dean of Students', reason: 'Come to an interview.', blocks: ['drop'] }),
    ];
    const page = await portal.open('/courses/crs_1', signedIn);
    await panel(page).getByText('Hold: Bursar').waitFor();
    await panel(page).getByText('A library fee is open.').waitFor();
    await panel(page).getByText('It stops you from enrolling. In force since Aug 1, 2026.').waitFor();
    await panel(page).getByText('Contact Bursar to have it released.').waitFor();
    expect(await panel(page).getByText('Dean of Students').count()).toBe(0);
    expect(await enroll(page).isEnabled()).toBe(true);
    await panel(page).getByRole('link', { name: 'My holds' }).click();
    const heading = page.getByRole('heading', { name: 'Holds', exact: true });
    await heading.waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'holds');
    await page.getByRole('region', { name: 'Holds' }).getByText('Hold: Dean of Students').waitFor();
  });

  test('that stop dropping stand where the course is held', async ({ portal }) => {
    const { campus } = portal.api;
    campus.enrollments = [enrollment(course())];
    campus.holds = [hold(), hold({ id: 'hld_2', office: 'Dean of Students', blocks: ['enroll', 'drop'] })];
    const page = await portal.open('/courses/crs_1', signedIn);
    await panel(page).getByText('It stops you from enrolling and from dropping courses.').waitFor();
    expect(await panel(page).getByText('Hold: Bursar').count()).toBe(0);
  });

  test('that stop a drop are said in its row, with the way to them', async ({ portal }) => {
    const { api } = portal;
    api.campus.enrollments = [enrollment(course())];
    api.always('DELETE /api/enrollments/:id', refuse(409, 'hold', 'Bursar has placed a hold.'));
    const page = await portal.open('/enrollments', signedIn);
    await page.getByRole('button', { name: 'Drop CS 101' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
    const row = page.getByRole('list', { name: 'My courses' }).getByRole('listitem');
    await row.getByText('Bursar has placed a hold.').waitFor();
    await row.getByRole('link', { name: 'My holds' }).waitFor();
  });

  test('show and go by themselves, as the stream says', async ({ portal }) => {
    const { api } = portal;
    const page = await portal.open('/', signedIn);
    await page.getByText('You are on no waitlist.').waitFor();
    await until(() => api.streams.count('notifications') === 1, 'a stream of notifications');
    for (const type of ['hold_placed', 'hold_released'] as const) {
      api.campus.holds = type === 'hold_placed' ? [hold()] : [];
      api.notify(
        notification(course(), {
          id: `ntf_${type}`,
          type,
          params: { office: 'Bursar', blocks: ['enroll'], occurredAt: daysFromNow(0) },
          courseId: null,
          enrollmentId: null,
        }),
      );
      const state = type === 'hold_placed' ? 'visible' : 'detached';
      await page.getByText('Contact Bursar to have it released.').waitFor({ state });
    }
  });

  test('are on the home page, with what to do', async ({ portal }) => {
    portal.api.campus.holds = [hold()];
    const page = await portal.open('/', signedIn);
    await page.getByText('Contact Bursar to have it released.').waitFor();
    await page.getByRole('link', { name: 'My holds' }).waitFor();
  });
});

const requirement: Course['requirement'] = {
  any: [
    { course: 'MATH 210', minGrade: 'C' },
    {
      all: [
        { course: 'CS 220', concurrent: true },
        { count: 2, of: ['CS 1*', 'MATH 101'] },
      ],
    },
    { credits: 60 },
  ],
};

describe('a requirement', () => {
  test('is shown whole, with what of it is met, and links to the courses', async ({ portal }) => {
    const { campus } = portal.api;
    change(portal, { prerequisites: ['CS 50'], requirement });
    campus.enrollments = [enrollment(campus.courseOf('crs_full'))];
    campus.completions = [
      completion('cs 50'),
      completion('MATH 210', { grade: 'F' }),
      ...Array.from({ length: 120 }, (_, at) => completion(`ART ${at}`, { credits: 0 })),
    ];
    const page = await portal.open('/courses/crs_1', signedIn);
    const needs = fact(page, 'Needs first');
    await needs.getByText('not met').first().waitFor();
    expect(
      (await needs.innerText())
        .split('\n')
        .map((text) => text.trim())
        .filter(Boolean),
    ).toEqual([
      'All of these:',
      'not met',
      'CS 50',
      'met',
      'One of these:',
      'not met',
      'MATH 210 (at least C)',
      'not met',
      'All of these:',
      'not met',
      'CS 220 (or taken in the same semester)',
      'met',
      '2 courses (any beginning with CS 1 or MATH 101) Find MATH 101',
      'not met',
      '60 earned credits',
      'not met',
    ]);
    await panel(page)
      .getByText(
        'For CS 101 you still need: MATH 210 (at least C), 2 courses (any beginning with CS 1 or MATH 101), or 60 earned credits.',
      )
      .waitFor();
    for (const name of ['Find MATH 210', 'Find MATH 101'])
      await panel(page).getByRole('link', { name }).waitFor();
    expect(await enroll(page).isEnabled()).toBe(true);
    expect(portal.api.callsOf('GET /api/students/me/completions')).toHaveLength(2);
  });

  test('that is met by one alternative needs no other', async ({ portal }) => {
    change(portal, { requirement: requirement ?? null });
    portal.api.campus.completions = [completion('MATH 210', { grade: 'B' })];
    const page = await portal.open('/courses/crs_1', signedIn);
    await fact(page, 'Needs first').getByText('not needed').first().waitFor();
    expect(await fact(page, 'Needs first').getByText('not met').count()).toBe(0);
    expect(await panel(page).getByText('you still need').count()).toBe(0);
  });

  test('is only words for who is not signed in', async ({ portal }) => {
    change(portal, { requirement: requirement ?? null });
    const page = await portal.open('/courses/crs_1');
    await fact(page, 'Needs first').getByText('One of these:').waitFor();
    expect(
      await fact(page, 'Needs first')
        .getByText(/met|needed/)
        .count(),
    ).toBe(0);
    expect(portal.api.callsOf('GET /api/students/me/completions')).toHaveLength(0);
  });

  test('that cannot be judged is shown without marks, with a way to try again', async ({ portal }) => {
    change(portal, { prerequisites: ['MATH 210'] });
    portal.api.always('GET /api/students/me/completions', refuse(400, 'odd'));
    const page = await portal.open('/courses/crs_1', signedIn);
    await fact(page, 'Needs first').getByRole('alert').waitFor();
    await fact(page, 'Needs first').getByRole('link', { name: 'MATH 210' }).waitFor();
    await enroll(page, false).waitFor();
    portal.api.always('GET /api/students/me/completions', undefined);
    await fact(page, 'Needs first').getByRole('button', { name: 'Retry' }).click();
    await fact(page, 'Needs first').getByText('not met').waitFor();
  });

  test('that is missing by the words of the server links to what that names', async ({ portal }) => {
    const params = { missing: { any: [{ course: 'CS 7' }, { credits: 3, of: ['CS 8', 'CS 9*'] }] } };
    portal.api.always('POST /api/enrollments', refuse(409, 'prerequisite_not_met', 'Missing.', { params }));
    const page = await portal.open('/courses/crs_1', signedIn);
    await enroll(page).click();
    for (const name of ['Find CS 7', 'Find CS 8'])
      await panel(page).getByRole('link', { name, exact: true }).waitFor();
  });
});

test('who a course is for is shown, with what the reader meets of it', async ({ portal }) => {
  change(portal, { restriction: { programs: ['CS', 'MATH'], levels: ['senior'], minCredits: 30 } });
  portal.api.campus.record = studentRecord({ programs: ['MATH'], level: 'junior', earnedCredits: 30 });
  const page = await portal.open('/courses/crs_1', signedIn);
  const items = fact(page, 'Open only to').getByRole('listitem');
  await items.first().getByText('met').waitFor();
  expect((await items.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
    'program CS or MATH met',
    'level senior not met',
    'at least 30 earned credits met',
  ]);
  await panel(page).getByText('CS 101 is open to some students only: program CS or MATH;').waitFor();
  await panel(page).getByRole('link', { name: 'Other sections with seats' }).waitFor();
  expect(await enroll(page).isEnabled()).toBe(true);
});

test('the own credit limit goes before that of the semester', async ({ portal }) => {
  const { campus } = portal.api;
  campus.record = studentRecord({ creditLimit: 6 });
  campus.enrollments = [enrollment(campus.courseOf('crs_2'))];
  const page = await portal.open('/courses/crs_1', signedIn);
  await panel(page).getByText('you would pass your limit of 6 for this semester').waitFor();
  await page.goto('/enrollments');
  await page.getByText('4 of 6 credits').waitFor();
});

test('a failed section does not stand in the way of another one', async ({ portal }) => {
  const { campus } = portal.api;
  const failed = course({ id: 'crs_failed', section: '2', meetings: [] });
  campus.courses = [...campus.courses, failed];
  campus.enrollments = [enrollment(failed, { status: 'completed', grade: 'F' })];
  const page = await portal.open('/courses/crs_1', signedIn);
  await enroll(page, false).waitFor();
  expect(await panel(page).getByText('another section').count()).toBe(0);
  await page.goto('/courses/crs_failed');
  await panel(page).getByText('You did not pass this course (grade F)').waitFor();
  await page.goto('/enrollments');
  await page.getByText('Grade F, not passed').waitFor();
});

test('deadlines of a course go before those of the semester', async ({ portal }) => {
  const { campus } = portal.api;
  change(portal, { dropDeadlineAt: daysFromNow(-2), withdrawDeadlineAt: daysFromNow(-1) });
  campus.enrollments = [enrollment(campus.courseOf('crs_1'))];
  const page = await portal.open('/enrollments', signedIn);
  await page.getByText('Can no longer be dropped').waitFor();
});

const at = '2026-08-18T12:00:00.000Z';
const about = { id: 'crs_1', code: 'CS 101', section: '1', title: 'Programming' };
const placed = { id: 'hld_1', reason: 'A fee is open.', placedAt: at };

describe('a refusal in German', () => {
  test.for([
    [
      'registration_paused',
      { course: about, pausedAt: at },
      'Das Studierendensekretariat hat die Einschreibung',
    ],
    [
      'enrollment_window_closed',
      { course: about, isOpening: true, opensAt: at, closesAt: at, ticket: 'Seniors' },
      '(Seniors). Kommen Sie dann wieder.',
    ],
    [
      'hold',
      {
        course: about,
        blocks: 'enroll',
        holds: [
          { ...placed, office: 'Bursar' },
          { ...placed, office: 'Library' },
        ],
      },
      'verhindert die Einschreibung. Zuständig für die Aufhebung: Bursar und Library.',
    ],
    [
      'restricted',
      { course: about, restriction: { levels: ['senior'], groups: ['honors', 'band'] } },
      'steht nur bestimmten Studierenden offen: Studienabschnitt senior; Personengruppe honors oder band.',
    ],
    [
      'prerequisite_not_met',
      {
        course: about,
        missing: {
          all: [
            { course: 'CS 7', minGrade: 'C', concurrent: true },
            { credits: 1.5, of: ['CS*'] },
            { count: 1, of: ['*'] },
          ],
        },
      },
      'fehlt Ihnen noch: CS 7 (mindestens C, oder im selben Semester belegt), 1,5 erworbene Leistungspunkte (beliebige mit CS am Anfang) und 1 Kurs.',
    ],
  ] as const)('says its values: %s', async ([code, params, words], { portal }) => {
    portal.api.always('POST /api/enrollments', refuse(409, code, 'In words of the server.', { params }));
    const page = await portal.open('/courses/crs_1', { signedIn: true, preferences: { language: 'de' } });
    await page.getByRole('button', { name: 'Einschreiben', exact: true }).click();
    await page.getByRole('region', { name: 'Anmeldung' }).getByRole('status').getByText(words).waitFor();
  });
});

/** Everything at once, with long words. */
function fill(portal: Portal): void {
  const { campus } = portal.api;
  change(portal, {
    prerequisites: ['GEOWISSENSCHAFT 1000'],
    requirement: requirement ?? null,
    restriction: { programs: ['Donaudampfschifffahrtswissenschaften'], minCredits: 30 },
  });
  campus.ticket = { name: 'Donaudampfschifffahrtsabschlusssemester', opensAt: daysFromNow(2) };
  campus.semesters = [semester({ pausedAt: daysFromNow(-1) })];
  campus.holds = [
    hold({ office: 'Studierendensekretariatsangelegenheiten', blocks: ['enroll', 'drop'] }),
    hold({ id: 'hld_old', releasedAt: daysFromNow(-3), releasedBy: 'usr_registrar' }),
  ];
  campus.enrollments = [
    enrollment(campus.courseOf('crs_2'), { status: 'completed', grade: 'F' }),
    enrollment(campus.courseOf('crs_full')),
  ];
  campus.completions = [completion('GEOWISSENSCHAFT 1000', { grade: 'F' }), completion('MATH 1')];
  campus.record = studentRecord({ programs: ['Donaudampfschifffahrtswissenschaften'], creditLimit: 12 });
}

const phone = { viewport: { width: 360, height: 740 } };

describe('all of it is accessible and fits its window', { timeout: 120_000 }, () => {
  test.for(
    Object.entries({
      light: { preferences: { theme: 'light' } },
      dark: { preferences: { theme: 'dark' } },
      'German, 360 px': { ...phone, preferences: { language: 'de' } },
      'right to left': { preferences: { language: 'pseudo' } },
    } satisfies Record<string, VisitOptions>),
  )('%s', async ([, options], { portal }) => {
    fill(portal);
    const page = await portal.open('/', { ...options, signedIn: true });
    const faults: string[] = [];
    for (const path of ['/', '/courses/crs_1', '/courses/crs_full', '/enrollments', '/account']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(() => document.querySelector('main [class*=skeleton]') === null);
      const found = [...(await axeFaults(page)), ...(await wideElements(page))];
      faults.push(...found.map((fault) => `${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });

  test('and said in German', async ({ portal }) => {
    fill(portal);
    portal.api.campus.semesters = [semester()];
    const page = await portal.open('/courses/crs_1', { signedIn: true, preferences: { language: 'de' } });
    await page.getByText(/^Ihre Einschreibung beginnt am .* \(Donaudampf/).waitFor();
    await page.getByText('Sperre: Studierendensekretariatsangelegenheiten').waitFor();
    await page.getByText('MATH 210 (mindestens C)', { exact: true }).waitFor();
    await page
      .getByText(
        'Für CS 101 fehlt Ihnen noch: GEOWISSENSCHAFT 1000 und (MATH 210 (mindestens C), 2 Kurse (beliebige mit CS 1 am Anfang oder MATH 101) oder 60 erworbene Leistungspunkte).',
      )
      .waitFor();
    await page.getByText('steht nur bestimmten Studierenden offen: Studiengang Donaudampf').waitFor();
  });
});
