import type { System } from '@registrar/stack';
import { expect, vi } from 'vitest';
import { Client, expectStatus } from './client.ts';
import { mailsTo } from './mailbox.ts';
import type { CourseView, School } from './school.ts';

interface EnrollmentView {
  id: string;
  courseId: string;
  status: string;
}

/**
 * The main job, as a student does it: register, sign in, find a course, take a seat, see it at once, see the count
 * follow within 2 s and the mail within 5 s, then give the seat up.
 *
 * With several gateways every step asks the next one.
 */
export async function walkJourney(system: System, school: School): Promise<void> {
  const gateways = system.instances('gateway').map(({ url }) => url);
  let step = 0;
  const next = (client: Client) => client.at(gateways[step++ % gateways.length] ?? '');

  const registered = await Client.newStudent(system.gatewayUrl, 'A new student');
  const student = await Client.signedIn(gateways.at(-1) ?? '', registered.user.email);
  expect(expectStatus(await next(student).get<{ email: string }>('/api/auth/me'), 200).email).toBe(
    registered.user.email,
  );

  const made = await school.course({ title: 'Marine biology', capacity: 2 });
  const found = await vi.waitFor(async () => {
    const list = await next(Client.anonymous('')).get<{ items: CourseView[] }>(
      `/api/courses?q=marine&departmentId=${school.departmentId}`,
    );
    expect(expectStatus(list, 200).items).toEqual([
      expect.objectContaining({ id: made.id, seatsAvailable: 2 }),
    ]);
    return list.body.items[0];
  }, 10_000);

  const enrolled = expectStatus(
    await next(student).post<EnrollmentView>('/api/enrollments', { courseId: found?.id }),
    201,
  );
  for (const gateway of gateways) {
    const own = await student.at(gateway).get<{ items: EnrollmentView[] }>('/api/enrollments/me');
    expect(own.body.items).toEqual([enrolled]);
  }
  await countsFollow(gateways, school, { enrolledCount: 1, seatsAvailable: 1 });
  await mailArrives(system, student.user.email, /Marine biology|enrolled/i, 1);

  const dropped = expectStatus(
    await next(student).send<EnrollmentView>('DELETE', `/api/enrollments/${enrolled.id}`),
    200,
  );
  expect(dropped.status).toBe('dropped');
  const own = await next(student).get<{ items: EnrollmentView[] }>('/api/enrollments/me');
  expect(own.body.items.map(({ status }) => status)).toEqual(['dropped']);
  await countsFollow(gateways, school, { enrolledCount: 0, seatsAvailable: 2 });
  await mailArrives(system, student.user.email, /drop/i, 2);
}

/** In the lists of every gateway within 2 s. */
async function countsFollow(gateways: string[], { departmentId }: School, counts: object): Promise<void> {
  const deadline = Date.now() + 2_000;
  for (const gateway of gateways) {
    const check = async () => {
      const list = await Client.anonymous(gateway).get<{ items: CourseView[] }>(
        `/api/courses?q=marine&departmentId=${departmentId}`,
      );
      expect(list.body.items).toEqual([expect.objectContaining(counts)]);
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
