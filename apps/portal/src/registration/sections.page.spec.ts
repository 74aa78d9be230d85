import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addLabs } from '../testing/linked-courses.ts';
import { test, until } from '../testing/page-test.ts';
import type { Portal } from '../testing/portal.ts';
import { refuse } from '../testing/stub-api.ts';
import type { Course } from '../testing/stub-data.ts';
import { course, daysFromNow, enrollment, notification, permit } from '../testing/stub-data.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'Registration' });
const outcome = (page: Page) => panel(page).getByRole('status');
const enroll = (page: Page) => page.getByRole('button', { name: 'Enroll', exact: true });
const open = (portal: Portal, path = '/courses/crs_1') => portal.open(path, { signedIn: true });

function change({ api }: Portal, changes: Partial<Course>): void {
  api.campus.courses = api.campus.courses.map((one) => (one.id === 'crs_1' ? { ...one, ...changes } : one));
}

describe('linked sections', () => {
  test('are chosen in place and taken in one request, both or neither', async ({ portal }) => {
    addLabs(portal.api);
    const page = await open(portal);
    await panel(page).getByText('is taken together with one of its linked sections').waitFor();
    await page.getByRole('radio', { name: /Section L1/ }).check();
    await panel(page).getByText('is taken together').waitFor({ state: 'detached' });
    await enroll(page).click();
    await outcome(page).getByText('CS 101 L1: Enrolled').waitFor();
    const [sent] = portal.api.callsOf('POST /api/enrollments/changes');
    expect(JSON.parse(sent?.text ?? '')).toEqual({
      add: ['crs_1', 'crs_L1'].map((courseId) => ({ courseId, joinWaitlist: false })),
      mode: 'all',
    });
    expect(sent?.key).toBeDefined();
  });

  test('are taken in the same request where another section is given up for these', async ({ portal }) => {
    const { campus } = portal.api;
    const [, lab] = addLabs(portal.api);
    const other = course({ id: 'crs_other', section: '2', meetings: [] });
    campus.courses = [...campus.courses, other];
    campus.enrollments = [enrollment(other)];
    const page = await open(portal);
    await page.getByRole('radio', { name: /Section L2/ }).check();
    await panel(page).getByRole('button', { name: 'Move to this section' }).click();
    await outcome(page).getByText('Enrolled').first().waitFor();
    const [sent] = portal.api.callsOf('POST /api/enrollments/changes');
    expect(JSON.parse(sent?.text ?? '')).toEqual({
      add: ['crs_1', lab.id].map((courseId) => ({ courseId, joinWaitlist: false })),
      drop: [enrollment(other).id],
      mode: 'all',
    });
  });

  test('that were not chosen are asked for by the remedy', async ({ portal }) => {
    addLabs(portal.api);
    portal.api.always(
      'POST /api/enrollments',
      refuse(409, 'linked_section_required', 'Choose a lab as well.'),
    );
    const page = await open(portal);
    await enroll(page).click();
    await outcome(page).getByText('Choose a lab as well.').waitFor();
    await panel(page).getByRole('button', { name: 'Choose linked sections' }).last().click();
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.type === 'radio');
  });

  test('that are refused say all problems of all of them', async ({ portal }) => {
    const [lab] = addLabs(portal.api);
    portal.api.campus.courses = portal.api.campus.courses.map((one) =>
      one.id === lab.id ? { ...one, seatsAvailable: 0, enrolledCount: 30 } : one,
    );
    const page = await open(portal);
    await page.getByRole('radio', { name: /Section L1/ }).check();
    await enroll(page).click();
    await outcome(page).getByText('CS 101 L1: CS 101 is full.').waitFor();
    expect(portal.api.campus.enrollments).toEqual([]);
    await panel(page).getByRole('button', { name: 'Choose linked sections' }).waitFor();
  });

  test('that are held already are met, and named before they are dropped along', async ({ portal }) => {
    const [lab] = addLabs(portal.api);
    const { campus } = portal.api;
    campus.enrollments = [enrollment(lab)];
    const page = await open(portal);
    await panel(page).getByText('Lab: you have section L1').waitFor();
    campus.enrollments = [enrollment(lab), enrollment(campus.courseOf('crs_1'))];
    await page.goto('/enrollments');
    await page.getByText('Lab, section L1').waitFor();
    await page.getByRole('button', { name: 'Drop CS 101' }).last().waitFor();
    const lecture = page.getByRole('listitem').filter({ hasText: 'Introduction to Programming' });
    await lecture.getByRole('button', { name: 'Drop CS 101' }).click();
    await page
      .getByRole('dialog')
      .getByText('Taken together with it, and dropped with it: CS 101 L1.')
      .waitFor();
  });

  test('are changed for another of their list in one request', async ({ portal }) => {
    const [lab] = addLabs(portal.api);
    const { campus } = portal.api;
    campus.enrollments = [enrollment(lab), enrollment(campus.courseOf('crs_1'))];
    const page = await open(portal);
    const change = panel(page).getByRole('button', { name: 'Change section' });
    expect(await change.isDisabled()).toBe(true);
    await panel(page).getByRole('combobox', { name: 'Lab' }).selectOption('crs_L2');
    await change.click();
    await outcome(page).getByText('CS 101 L2: Enrolled').waitFor();
    const [sent] = portal.api.callsOf('POST /api/enrollments/changes');
    expect(JSON.parse(sent?.text ?? '')).toEqual({
      add: [{ courseId: 'crs_L2', joinWaitlist: false }],
      drop: [`enr_${lab.id}`],
      mode: 'all',
    });
  });

  test('that cannot be dropped alone lead to the page where they are changed', async ({ portal }) => {
    const [lab] = addLabs(portal.api);
    const { campus } = portal.api;
    campus.enrollments = [enrollment(lab)];
    const params = { with: { id: 'crs_1', code: 'CS 101', section: '1', title: '' } };
    portal.api.always(
      'DELETE /api/enrollments/:id',
      refuse(409, 'linked_section_required', 'Taken with CS 101.', { params }),
    );
    const page = await open(portal, '/enrollments');
    await page.getByRole('button', { name: 'Drop CS 101' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
    await page.getByText('Taken with CS 101.').waitFor();
    await page.getByRole('link', { name: 'Change sections' }).click();
    await page.waitForURL('**/courses/crs_1');
  });
});

describe('reserved seats', () => {
  const reservations: Course['reservations'] = [
    { name: 'Honors', seats: 18, match: { groups: ['honors'] }, releasesAt: '2099-01-15T14:00:00.000Z' },
  ];

  test('show what is kept, until when, and what of it is for the reader', async ({ portal }) => {
    change(portal, { reservations });
    portal.api.campus.ownReservation = 'Honors';
    const page = await open(portal);
    await panel(page).getByText('18 seats are free for you, those of Honors first').waitFor();
    await panel(page).getByText('18 of 18 free').waitFor();
    await panel(page).getByText('for everybody from Jan 15, 2099, 9:00 AM EST').waitFor();
  });

  test('that leave none for the reader are said before the click, with the waitlist beside it', async ({
    portal,
  }) => {
    change(portal, { reservations });
    const page = await open(portal);
    await panel(page).getByText('No seat is free for you now').waitFor();
    await panel(page).getByText('CS 101 has 18 free seats, reserved for other students.').waitFor();
    expect(await enroll(page).isEnabled()).toBe(true);
    await panel(page).getByRole('button', { name: 'Join waitlist' }).click();
    await until(() => portal.api.callsOf('POST /api/enrollments').length === 1, 'a request');
    const [sent] = portal.api.callsOf('POST /api/enrollments');
    expect(JSON.parse(sent?.text ?? '')).toEqual({ courseId: 'crs_1', joinWaitlist: true });
  });

  test('are asked about again when counts change', async ({ portal }) => {
    change(portal, { reservations });
    const page = await open(portal);
    await panel(page).getByText('No seat is free for you now').waitFor();
    portal.api.campus.ownReservation = 'Honors';
    change(portal, { enrolledCount: 13, seatsAvailable: 17 });
    portal.api.streams.publishSeats('crs_1');
    await panel(page).getByText('17 seats are free for you, those of Honors first').waitFor();
  });

  test('say whose seat is held', async ({ portal }) => {
    portal.api.campus.enrollments = [enrollment(course(), { reservation: 'Honors' })];
    const page = await open(portal);
    await panel(page).getByText('You are enrolled, in a seat reserved for Honors').waitFor();
    await page.goto('/enrollments');
    await page.getByText('In a seat reserved for Honors').waitFor();
  });
});

describe('a permit', () => {
  test('sets aside what it allows: nothing is foretold, and a full course can be asked for', async ({
    portal,
  }) => {
    const { campus } = portal.api;
    change(portal, { waitlistCapacity: 0, enrolledCount: 30, seatsAvailable: 0 });
    campus.permits = [permit(course(), { allows: ['time_conflict', 'seat_unavailable'] })];
    const other = course({ id: 'crs_other', code: 'ART 1' });
    campus.courses = [...campus.courses, other];
    campus.enrollments = [enrollment(other)];
    const page = await open(portal);
    await panel(page).getByText('You have a permit for this course').waitFor();
    await panel(page).getByRole('button', { name: 'Enroll', exact: true, disabled: false }).waitFor();
    expect(await panel(page).getByText('ART 1').count()).toBe(0);
  });

  test('is asked for with a reason, and the request stays open', async ({ portal }) => {
    change(portal, { consent: 'instructor' });
    const page = await open(portal);
    await panel(page).getByText("CS 101 needs the instructor's permission.").waitFor();
    expect(await enroll(page).isEnabled()).toBe(true);
    await panel(page).getByRole('button', { name: 'Ask for a permit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('I have taken the same course elsewhere.');
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await panel(page).getByText('You asked for a permit.').waitFor();
    const [sent] = portal.api.callsOf('POST /api/courses/:id/permit-requests');
    expect(JSON.parse(sent?.text ?? '')).toEqual({ reason: 'I have taken the same course elsewhere.' });
  });

  test('that was asked for before is open as well', async ({ portal }) => {
    change(portal, { consent: 'instructor' });
    portal.api.campus.requestedPermits.add('crs_1');
    const page = await open(portal);
    await panel(page).getByRole('button', { name: 'Ask for a permit' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Please.');
    await page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
    await panel(page).getByText('You asked for a permit.').waitFor();
  });

  test('that is refused by the form keeps what was typed', async ({ portal }) => {
    change(portal, { consent: 'instructor' });
    const errors = [{ path: 'reason', code: 'too_short', message: '', params: { min: 1 } }];
    portal.api.always(
      'POST /api/courses/:id/permit-requests',
      refuse(422, 'validation_failed', 'Wrong.', { errors }),
    );
    const page = await open(portal);
    await panel(page).getByRole('button', { name: 'Ask for a permit' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill(' ');
    await page.getByRole('dialog').getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByRole('dialog').getByText('Fill this in.').waitFor();
  });

  test('that was declined can be asked for again', async ({ portal }) => {
    change(portal, { consent: 'instructor' });
    const declined = { ...notification(course()), type: 'permit_declined' as never };
    portal.api.campus.notifications = [declined];
    const page = await open(portal);
    await panel(page).getByText('Your request for a permit was declined.').waitFor();
    await panel(page).getByRole('button', { name: 'Ask for a permit again' }).waitFor();
  });

  test('that was granted leaves nothing in the way', async ({ portal }) => {
    change(portal, { consent: 'instructor' });
    portal.api.campus.permits = [permit(course(), { expiresAt: '2099-01-15T14:00:00.000Z' })];
    const page = await open(portal);
    await panel(page)
      .getByText('You have a permit for this course, until Jan 15, 2099, 9:00 AM EST')
      .waitFor();
    expect(await panel(page).getByText("needs the instructor's permission").count()).toBe(0);
  });
});

test('variable credits are chosen before enrolling, and changed afterwards', async ({ portal }) => {
  change(portal, { credits: 3, minCredits: 1 });
  const page = await open(portal);
  await panel(page).getByRole('combobox', { name: 'Credits' }).selectOption('2.25');
  await enroll(page).click();
  await outcome(page).getByText('Enrolled', { exact: true }).waitFor();
  expect(portal.api.campus.enrollments[0]?.credits).toBe(2.25);
  await page.goto('/enrollments');
  await page.getByRole('combobox', { name: 'Credits' }).selectOption('1');
  await page.getByRole('list', { name: 'My courses' }).getByRole('status').getByText('Saved').waitFor();
  const [sent] = portal.api.callsOf('PATCH /api/enrollments/:id');
  expect(JSON.parse(sent?.text ?? '')).toEqual({ credits: 1 });
  expect(await page.getByRole('combobox', { name: 'Credits' }).inputValue()).toBe('1');
});

describe('dropping on promotion', () => {
  test('is offered where another section is held and this one is full', async ({ portal }) => {
    const { campus } = portal.api;
    const held = course({ id: 'crs_220', code: 'CS 220', section: '2', meetings: [] });
    campus.courses = [...campus.courses, held];
    campus.enrollments = [enrollment(held)];
    const page = await open(portal, '/courses/crs_full');
    await panel(page).getByRole('button', { name: 'Wait, and move here when a seat is free' }).click();
    await outcome(page).getByText('On the waitlist, position 3').waitFor();
    const [sent] = portal.api.callsOf('POST /api/enrollments');
    const body = { courseId: 'crs_full', joinWaitlist: true, dropOnPromotion: 'enr_crs_220' };
    expect(JSON.parse(sent?.text ?? '')).toEqual(body);
  });

  test('is chosen, and taken back, on the waitlist', async ({ portal }) => {
    const { campus } = portal.api;
    campus.enrollments = [
      enrollment(campus.courseOf('crs_full'), { status: 'waitlisted', waitlistPosition: 2 }),
      enrollment(campus.courseOf('crs_2')),
    ];
    const page = await open(portal, '/waitlists');
    const choice = page.getByRole('combobox', { name: 'When you get a seat, drop' });
    await choice.selectOption('enr_crs_2');
    await page.getByRole('list', { name: 'Waitlists' }).getByText('Saved').waitFor();
    expect(await choice.inputValue()).toBe('enr_crs_2');
    await choice.selectOption('');
    await until(() => portal.api.callsOf('PATCH /api/enrollments/:id').length === 2, 'both changes');
    const bodies = portal.api
      .callsOf('PATCH /api/enrollments/:id')
      .map(({ text }) => JSON.parse(text) as unknown);
    expect(bodies).toEqual([{ dropOnPromotion: 'enr_crs_2' }, { dropOnPromotion: null }]);
  });
});

test('a released reservation says since when its seats are for everybody', async ({ portal }) => {
  const releasesAt = daysFromNow(-1);
  change(portal, { reservations: [{ name: 'Honors', seats: 5, match: { groups: ['honors'] }, releasesAt }] });
  const page = await open(portal);
  await panel(page)
    .getByText(/^for everybody since/)
    .waitFor();
  await panel(page).getByText('0 of 5 free').waitFor();
});
