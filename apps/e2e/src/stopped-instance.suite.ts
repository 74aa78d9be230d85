import type { Course, PatchCourseRequest } from '@registrar/contracts-courses';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus } from './support/client.ts';
import { Fixture } from './support/fixture.ts';

let system: System;
let fixture: Fixture;

/** An instance of enrollments, which is asked without the gateway in between. */
const enrollmentsAt = (instance: number) => system.instances('enrollments')[instance]?.url ?? '';

const change = (id: string, body: PatchCourseRequest) =>
  fixture.admin.api.changeCourse({ params: { id }, ifMatch: '*', body });

/** A change that an instance of enrollments has and does not answer; the instances are asked in turn. */
async function unanswered(id: string, body: PatchCourseRequest): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { status } = await change(id, body);
    if (status === 503 || status === 504) return;
    expect(status).toBe(409);
  }
  throw new Error('Every change was answered.');
}

/** The course as it stands once no change of it is on its way. */
async function settled(id: string): Promise<Course> {
  return vi.waitFor(async () => expectStatus(await change(id, {}), 200), { timeout: 60_000, interval: 250 });
}

/** Needs two instances of enrollments. */
export function describeStoppedInstance(running: () => System): void {
  describe('an instance of enrollments that is stopped with a change in hand', () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system);
    });

    it('neither applies it after it was refused elsewhere, nor hides the change that follows', async () => {
      const { id } = await fixture.course({ capacity: 3 });
      const places: [Client, string][] = [];
      for (let index = 0; index < 2; index += 1) {
        const student = (await Client.newStudent(system.gatewayUrl)).at(enrollmentsAt(1));
        places.push([student, bodyOf(await student.insist({ courseId: id })).id]);
      }
      system.kill('enrollments', 0, 'SIGSTOP');
      try {
        await unanswered(id, { capacity: 1 });
        expect(await settled(id)).toMatchObject({ capacity: 3 });
        for (const [student, place] of places)
          expectStatus(await student.api.drop({ params: { id: place } }), 200);
      } finally {
        system.kill('enrollments', 0, 'SIGCONT');
      }
      await system.untilReady('enrollments');
      expectStatus(await change(id, { status: 'closed' }), 200);
      const late = await Client.newStudent(system.gatewayUrl);
      for (const instance of [0, 1]) {
        const student = late.at(enrollmentsAt(instance));
        const answer = await student.insist({ courseId: id });
        expect(answer).toMatchObject({ status: 409, problem: { code: 'course_not_open' } });
        await vi.waitFor(async () => {
          const seats = bodyOf(await student.api.getSeats({ params: { id } }));
          expect(seats).toMatchObject({ capacity: 3, enrolledCount: 0 });
        }, 10_000);
      }
    });
  });
}
