import { bodyOf } from '@registrar/contracts-http';
import type { Course } from '@registrar/contracts-courses';
import { launchChromium } from '@registrar/portal/testing/browser';
import { startSystem } from '@registrar/stack';
import type { System } from '@registrar/stack';
import { freePort } from '@registrar/testing';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus, password } from '../support/client.ts';
import { Fixture } from '../support/fixture.ts';
import { describeCampusSignIn } from './campus.suite.ts';
import { describePortalJourney } from './journey.suite.ts';
import { Visitor } from './visitor.ts';

let system: System;
let fixture: Fixture;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  system = await startSystem({ name: 'e2e-portal', campusPort: await freePort() });
  fixture = await Fixture.open(system);
  browser = await launchChromium();
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.close();
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function visit(): Promise<Visitor> {
  const visitor = await Visitor.open(browser, system.gatewayUrl);
  visitors.push(visitor);
  return visitor;
}

async function newStudent(): Promise<Client> {
  return Client.newStudent(system.gatewayUrl);
}

async function standingOf(student: Client): Promise<string[]> {
  return bodyOf(await student.api.listOwnEnrollments({})).items.map(
    ({ courseCode, status }) => `${courseCode} ${status}`,
  );
}

const outcome = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });
const enroll = (page: Page) => page.getByRole('button', { name: 'Enroll', exact: true });
const pathOf = ({ id }: Course) => `/courses/${id}`;
/** What a request was sent with, where it matters for its effect. */
const sentAs = (request: Request) => [request.headers()['idempotency-key'], request.postData()];

describePortalJourney(() => ({ system, browser }));
describeCampusSignIn(() => ({ system, browser }));

describe('an answer that is lost after the commit', () => {
  it('is asked for again with the same key and bytes, after a reload too, and is one enrollment', async () => {
    const [student, course] = [await newStudent(), await fixture.course()];
    const visitor = await visit();
    const page = await visitor.signedIn(student, pathOf(course));
    const sent: (string | null | undefined)[][] = [];
    await visitor.context.route('**/api/enrollments', async (route) => {
      sent.push(sentAs(route.request()));
      if (sent.length > 1) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await enroll(page).click();
    await outcome(page, "We don't know yet").waitFor();
    expect(await standingOf(student)).toEqual([`${course.code} enrolled`]);
    await page.reload();
    await outcome(page, 'Enrolled').waitFor();
    await page.getByRole('button', { name: 'Drop', exact: true }).waitFor();
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent.map((one) => one.join(' '))).size).toBe(1);
    expect(await standingOf(student)).toEqual([`${course.code} enrolled`]);
  });
});

describe('a service that is down', () => {
  it('keeps the request, counts down, and enrolls when it is back', async () => {
    const [student, course] = [await newStudent(), await fixture.course()];
    const page = await (await visit()).signedIn(student, pathOf(course));
    await enroll(page).waitFor();
    system.kill('enrollments', 0, 'SIGKILL');
    await enroll(page).click();
    await page.getByText(/Next try in \d+ s/).waitFor();
    await outcome(page, 'Enrolled').waitFor();
    expect(await standingOf(student)).toEqual([`${course.code} enrolled`]);
  });
});

describe('a session that ends in the middle', () => {
  it('is renewed in a dialog over the page, and the request goes out as it was', async () => {
    const [student, course] = [await newStudent(), await fixture.course()];
    const visitor = await visit();
    const page = await visitor.signedIn(student, pathOf(course));
    const sent: (string | null | undefined)[][] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/enrollments'))
        sent.push(sentAs(request));
    });
    await enroll(page).waitFor();
    const newPassword = 'another long enough passphrase';
    // Changing the password elsewhere ends every other session.
    expectStatus(await student.api.changePassword({ body: { currentPassword: password, newPassword } }), 204);
    await enroll(page).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('Password').fill(newPassword);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await outcome(page, 'Enrolled').waitFor();
    expect(new Set(sent.map((one) => one.join(' '))).size).toBe(1);
  });
});

describe('two tabs', () => {
  it('show what the other one did, and end together', async () => {
    const [student, course] = [await newStudent(), await fixture.course()];
    const visitor = await visit();
    const first = await visitor.signedIn(student, pathOf(course));
    const second = await visitor.page(`/enrollments?semesterId=${fixture.semesterId}`);
    await second.getByRole('heading', { name: 'My courses' }).waitFor();
    await enroll(first).click();
    await outcome(first, 'Enrolled').waitFor();
    await second.getByRole('button', { name: `Drop ${course.code}` }).waitFor();
    await first.getByRole('button', { name: 'Account' }).click();
    await first.getByRole('menuitem', { name: 'Sign out' }).click();
    await second.getByRole('link', { name: 'Sign in' }).waitFor();
  });
});

describe('seven tabs', () => {
  it('hold one stream of seats and one of notifications, and all show a seat that is taken', async () => {
    const [student, course] = [await newStudent(), await fixture.course({ capacity: 9 })];
    const visitor = await visit();
    const open = new Set<Request>();
    visitor.context.on('request', (request) => request.url().includes('/stream') && open.add(request));
    visitor.context.on('requestfinished', (request) => open.delete(request));
    visitor.context.on('requestfailed', (request) => open.delete(request));
    const pages = [await visitor.signedIn(student, pathOf(course))];
    while (pages.length < 7) pages.push(await visitor.page(pathOf(course)));
    for (const page of pages) await page.getByText('9 seats').first().waitFor();
    expectStatus(await (await newStudent()).enroll({ courseId: course.id }), 201);
    for (const page of pages) await page.getByText('8 seats').first().waitFor();
    const names = [...open].map((request) => new URL(request.url()).pathname).sort();
    expect(names).toEqual(['/api/notifications/stream', '/api/seats/stream']);
  });
});

describe('the opening', () => {
  it('arms the button without a reload, and sends nothing by itself', async () => {
    const student = await newStudent();
    const opening = await Fixture.open(system, { opensInMs: 15_000 });
    const course = await opening.course();
    const page = await (await visit()).signedIn(student, pathOf(course));
    await page.getByText(/Enrollment opens on .* E[SD]T/).waitFor();
    expect(await enroll(page).isDisabled()).toBe(true);
    await vi.waitFor(async () => expect(await enroll(page).isEnabled()).toBe(true), {
      timeout: 20_000,
      interval: 50,
    });
    expect(await standingOf(student)).toEqual([]);
    await enroll(page).click();
    await outcome(page, 'Enrolled').waitFor();
  });
});

describe('a promotion while the page is looked at', () => {
  it('is announced once, whatever page is shown', async () => {
    const course = await fixture.course({ capacity: 1, waitlistCapacity: 5 });
    const holder = await newStudent();
    const held = expectStatus(await holder.enroll({ courseId: course.id }), 201);
    const page = await (await visit()).signedIn(await newStudent(), pathOf(course));
    await page.getByRole('button', { name: 'Join waitlist' }).click();
    await outcome(page, 'On the waitlist, position 1').waitFor();
    await page.getByRole('link', { name: 'Find courses' }).click();
    expectStatus(await holder.api.drop({ params: { id: held.id } }), 200);
    const alert = page.getByRole('alert').filter({ hasText: course.code });
    await alert.waitFor();
    await alert.getByRole('link', { name: 'My courses' }).click();
    await page.goto(`/enrollments?semesterId=${fixture.semesterId}`);
    await page.getByRole('button', { name: `Drop ${course.code}` }).waitFor();
  });
});
