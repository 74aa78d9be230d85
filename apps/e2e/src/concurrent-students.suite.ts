import { randomUUID } from 'node:crypto';
import { bodyOf } from '@registrar/contracts-http';
import type { System } from '@registrar/stack';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Client } from './support/client.ts';
import { Fixture } from './support/fixture.ts';
import { walkJourney } from './support/journey.ts';

let system: System;
let fixture: Fixture;

function gatewayOf(index: number): string {
  const gateways = system.instances('gateway');
  return gateways[index % gateways.length]?.url ?? '';
}

async function inBatches<T>(count: number, size: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) {
    const from = made.length;
    made.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(size, count - from) }, (_, index) => make(from + index)),
      )),
    );
  }
  return made;
}

/** Instances of enrollments that race for every seat. */
export function describeConcurrentStudents(running: () => System): void {
  describe('two of each service', () => {
    beforeAll(async () => {
      system = running();
      fixture = await Fixture.open(system);
    });

    it('do the main job together', () => walkJourney(system, fixture));

    const whoGets =
      'give 40 seats and 20 places to 60 of 300 students who ask at once, twice each, and promote ten in order';
    // Making 300 accounts hashes 300 passwords.
    it(whoGets, { timeout: 240_000 }, async () => {
      const course = await fixture.course({ capacity: 40, waitlistCapacity: 20 });
      const students = await inBatches(300, 10, (index) => Client.newStudent(gatewayOf(index)));
      const asked = students.map((student, index) => ({
        student: student.at(gatewayOf(index)),
        key: randomUUID(),
      }));
      const answers = await Promise.all(
        asked.map(async ({ student, key }, index) => {
          const body = { courseId: course.id, joinWaitlist: true };
          const [first, second] = await Promise.all([
            student.insist(body, key),
            student.at(gatewayOf(index + 1)).insist(body, key),
          ]);
          expect(second).toMatchObject(
            first.ok ? { body: first.body } : { problem: { code: first.problem.code } },
          );
          return first.ok
            ? { student, placed: first.body, kind: first.body.status }
            : { student, kind: first.problem.code };
        }),
      );
      const kinds = Map.groupBy(answers, ({ kind }) => kind);
      expect(Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.length]))).toEqual({
        enrolled: 40,
        waitlisted: 20,
        waitlist_full: 240,
      });

      const waiting = (kinds.get('waitlisted') ?? []).sort(
        (a, b) => (a.placed?.waitlistPosition ?? 0) - (b.placed?.waitlistPosition ?? 0),
      );
      await Promise.all(
        (kinds.get('enrolled') ?? [])
          .slice(0, 10)
          .map(({ student, placed }) => student.api.drop({ params: { id: placed?.id ?? '' } })),
      );
      const now = await Promise.all(
        waiting.map(async ({ student }) => bodyOf(await student.api.listOwnEnrollments({})).items[0]?.status),
      );
      expect(now).toEqual([...Array<string>(10).fill('enrolled'), ...Array<string>(10).fill('waitlisted')]);
      await vi.waitFor(async () => {
        const { api } = Client.anonymous(gatewayOf(1));
        expect(bodyOf(await api.getCourse({ params: { id: course.id } }))).toMatchObject({
          enrolledCount: 40,
          waitlistedCount: 10,
          seatsAvailable: 0,
        });
      }, 3_000);
    });
  });
}
