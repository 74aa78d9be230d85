import { randomUUID } from 'node:crypto';
import type { Course } from '@registrar/contracts-courses';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus } from './support/client.ts';
import { Fixture } from './support/fixture.ts';
import { mailsTo } from './support/mailbox.ts';

let system: System;
let fixture: Fixture;

/** A lecture whose labs and recitation are taken with it. */
interface Bundle {
  lecture: Course;
  labs: Course[];
  recitation: Course;
}

async function bundle(seats: { lecture: number; lab: number }): Promise<Bundle> {
  const code = `PHYS ${Math.floor(Math.random() * 9_000) + 1_000}`;
  const shared = { code, waitlistCapacity: 5 };
  const lab = (section: string, day: 'tue' | 'thu') =>
    fixture.course({
      ...shared,
      section,
      component: 'lab',
      credits: 0,
      capacity: seats.lab,
      meetings: [{ day, start: '14:00', end: '16:00', room: 'B 12' }],
    });
  const labs = await Promise.all([lab('L1', 'tue'), lab('L2', 'thu')]);
  const recitation = await fixture.course({ ...shared, section: 'R1', component: 'recitation', credits: 0 });
  const lecture = await fixture.course({
    ...shared,
    capacity: seats.lecture,
    meetings: [{ day: 'mon', start: '09:00', end: '10:00', room: 'A 1' }],
    linked: [
      { component: 'lab', courseIds: labs.map(({ id }) => id) },
      { component: 'recitation', courseIds: [recitation.id] },
    ],
  });
  return { lecture, labs, recitation };
}

const partsOf = ({ lecture, labs: [lab], recitation }: Bundle) => [lecture.id, lab?.id ?? '', recitation.id];

function adds(courseIds: readonly string[], joinWaitlist = false) {
  return courseIds.map((courseId) => ({ courseId, joinWaitlist }));
}

async function takeAll(student: Client, courseIds: readonly string[], joinWaitlist = false) {
  const body = { add: adds(courseIds, joinWaitlist) };
  return bodyOf(await student.api.changeEnrollments({ key: randomUUID(), body }));
}

async function statusesOf(student: Client, courseIds: readonly string[]): Promise<unknown[]> {
  const { items } = bodyOf(await student.api.listOwnEnrollments({ query: { limit: 100 } }));
  return courseIds.map((id) => items.find(({ courseId }: Enrollment) => courseId === id)?.status);
}

const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 30_000, interval: 200 });

/** Sections as universities have them: what a student and an instructor do in a day. */
export function describeSections(running: () => System): void {
  describe('a schedule of lecture, lab and recitation', () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system);
    });

    it('is checked by one dry run and taken by one request', async () => {
      const all = await bundle({ lecture: 5, lab: 5 });
      const clash = await fixture.course({
        meetings: [{ day: 'mon', start: '09:30', end: '10:30', room: 'A 2' }],
      });
      const student = await Client.newStudent(system.gatewayUrl);
      const check = async (courseIds: string[]) => {
        const body = { add: adds(courseIds) };
        return bodyOf(await student.api.changeEnrollments({ query: { dryRun: 'true' }, body }));
      };
      const wrong = await check([all.lecture.id, clash.id]);
      expect(wrong.applied).toBe(false);
      expect(wrong.results.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
        ['linked_section_required', 'time_conflict'],
        ['time_conflict'],
      ]);
      const good = await check(partsOf(all));
      expect(good.results.map(({ outcome }) => outcome)).toEqual(['enrolled', 'enrolled', 'enrolled']);
      expect(await statusesOf(student, partsOf(all))).toEqual([undefined, undefined, undefined]);
      expect((await takeAll(student, partsOf(all))).applied).toBe(true);
      expect(await statusesOf(student, partsOf(all))).toEqual(['enrolled', 'enrolled', 'enrolled']);
    });

    it('needs a permit that is asked for, granted, told and used', async () => {
      const student = await Client.newStudent(system.gatewayUrl);
      const course = await fixture.course({ consent: 'instructor' });
      const params = { id: course.id };
      expect(await student.enroll({ courseId: course.id })).toMatchObject({
        status: 409,
        problem: { code: 'permission_required' },
      });
      expectStatus(
        await student.api.requestPermit({ params, body: { reason: 'I have the background.' } }),
        201,
      );
      const [open] = bodyOf(await fixture.admin.api.listPermitRequests({ params })).items;
      expect(open).toMatchObject({ userEmail: student.user.email, status: 'open' });
      const body = { email: student.user.email, allows: ['permission_required' as const] };
      expectStatus(await fixture.admin.api.grantPermit({ params, body }), 201);
      expect(await student.insist({ courseId: course.id })).toMatchObject({ status: 201 });
      const [permit] = bodyOf(await student.api.listOwnPermits({})).items;
      expect(permit?.usedAt).toEqual(expect.any(String));
      await until(async () => {
        const mails = await mailsTo(system, student.user.email);
        expect(mails.filter(({ text }) => text.includes('permit'))).not.toEqual([]);
      });
    });

    it('has a place on a waitlist that swaps itself', async () => {
      const code = `ART ${Math.floor(Math.random() * 9_000) + 1_000}`;
      const wanted = await fixture.course({ code, capacity: 1, waitlistCapacity: 5 });
      const had = await fixture.course({ code, section: '2' });
      const [holder, student] = await Promise.all(
        ['Holder', 'Waiter'].map((name) => Client.newStudent(system.gatewayUrl, name)),
      );
      if (!holder || !student) return expect.fail('nobody registered');
      const seat = bodyOf(await holder.insist({ courseId: wanted.id }));
      const own = bodyOf(await student.insist({ courseId: had.id }));
      const asks = { courseId: wanted.id, joinWaitlist: true, dropOnPromotion: own.id };
      expect(await student.insist(asks)).toMatchObject({ status: 201, body: { status: 'waitlisted' } });
      expectStatus(await holder.api.drop({ params: { id: seat.id } }), 200);
      await until(async () => {
        expect(await statusesOf(student, [wanted.id, had.id])).toEqual(['enrolled', 'dropped']);
      });
    });
  });
}

/** Needs two instances of enrollments. */
export function describeSectionsUnderKill(running: () => System): void {
  describe('bundles while an instance of enrollments is killed', () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system);
    });

    it('are held whole or not at all, and every seat is given', async () => {
      const all = await bundle({ lecture: 8, lab: 8 });
      const students = await Promise.all(
        Array.from({ length: 12 }, () => Client.newStudent(system.gatewayUrl)),
      );
      const parts = partsOf(all);
      const insist = async (student: Client) => {
        const key = randomUUID();
        const body = { add: adds(parts, true) };
        await until(async () => {
          expect((await student.api.changeEnrollments({ key, body })).status).toBe(200);
        });
      };
      const asking = students.map((student) => insist(student));
      system.kill('enrollments', 0, 'SIGKILL');
      await Promise.all(asking);
      await system.untilReady('enrollments');
      await until(async () => {
        const held = await Promise.all(students.map((student) => statusesOf(student, parts)));
        for (const statuses of held) expect(new Set(statuses).size).toBe(1);
        const counts = Map.groupBy(held, ([status]) => status);
        expect(counts.get('enrolled')).toHaveLength(8);
        expect(counts.get('waitlisted')).toHaveLength(4);
      });
    });
  });
}
