import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { expect, vi } from 'vitest';
import { Client, expectStatus } from './client.ts';
import { mailsTo } from './mailbox.ts';
import type { Fixture } from './fixture.ts';

/**
 * The main job, as a student does it: register, sign in, find a course, take a seat, see it at once, see the count
 * follow within 2 s and the mail within 5 s, then give the seat up.
 *
 * With several gateways every step asks the next one.
 */
export async function walkJourney(system: System, fixture: Fixture): Promise<void> {
  const gateways = system.instances('gateway').map(({ url }) => url);
  let step = 0;
  const next = (client: Client) => client.at(gateways[step++ % gateways.length] ?? '');

  const registered = await Client.newStudent(system.gatewayUrl, 'A new student');
  const student = await Client.signedIn(gateways.at(-1) ?? '', registered.user.email);
  expect(expectStatus(await next(student).api.me({}), 200).email).toBe(registered.user.email);

  const made = await fixture.course({ title: 'Marine biology', capacity: 2 });
  const found = await vi.waitFor(async () => {
    const query = { q: 'marine', departmentId: fixture.departmentId };
    const { items } = expectStatus(await next(Client.anonymous('')).api.listCourses({ query }), 200);
    expect(items).toEqual([expect.objectContaining({ id: made.id, seatsAvailable: 2 })]);
    return items[0];
  }, 10_000);

  const enrolled = expectStatus(await next(student).enroll({ courseId: found?.id ?? '' }), 201);
  for (const gateway of gateways) {
    const own = bodyOf(await student.at(gateway).api.listOwnEnrollments({}));
    expect(own.items).toEqual([enrolled]);
  }
  await countsFollow(gateways, fixture, { enrolledCount: 1, seatsAvailable: 1 });
  await mailArrives(system, student.user.email, /Marine biology|enrolled/i, 1);

  const dropped = expectStatus(await next(student).api.drop({ params: { id: enrolled.id } }), 200);
  expect(dropped.status).toBe('dropped');
  const own = bodyOf(await next(student).api.listOwnEnrollments({}));
  expect(own.items.map(({ status }) => status)).toEqual(['dropped']);
  await countsFollow(gateways, fixture, { enrolledCount: 0, seatsAvailable: 2 });
  await mailArrives(system, student.user.email, /drop/i, 2);
}

/** In the lists of every gateway within 2 s. */
async function countsFollow(gateways: string[], { departmentId }: Fixture, counts: object): Promise<void> {
  const deadline = Date.now() + 2_000;
  for (const gateway of gateways) {
    const check = async () => {
      const query = { q: 'marine', departmentId };
      const { items } = bodyOf(await Client.anonymous(gateway).api.listCourses({ query }));
      expect(items).toEqual([expect.objectContaining(counts)]);
    };
    await vi.waitFor(check, { timeout: Math.max(1, deadline - Date.now()), interval: 25 });
  }
}

async function mailArrives(system: System, address: string, subject: RegExp, count: number): Promise<void> {
  const check = async () => {
    const mails = await mailsTo(system, address);
    expect(mails).toHaveLength(count);
    expect(mails.some((mail) => subject.test(mail.subject))).toBe(true);
  };
  await vi.waitFor(check, { timeout: 5_000, interval: 50 });
}
