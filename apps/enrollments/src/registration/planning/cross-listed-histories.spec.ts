import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseIdsOf } from '../../enrollment/class-codes.rules.ts';
import { freeSeats } from '../../enrollment/seats.rules.ts';
import { holdsSeat, isCurrent } from '../../enrollment/student-entries.rules.ts';
import { now, offeringOf, seatsOf, semesterRules } from '../../enrollment/testing/builders.ts';
import { plainUpdate } from '../../enrollment/testing/plain-update.ts';
import { seatsAfterCodeUpdate, seatsAfterUpdate } from '../../offerings/offering.rules.ts';
import { dropping, enrolling } from '../testing/changes.ts';
import { ModelStore } from '../testing/model.ts';
import { breaksSeats } from '../commit/seat-breach.rules.ts';
import type { Command } from './commands.ts';

const classId = 'logic';
const courses = [classId, 'phil', 'math'];
const students = Array.from({ length: 8 }, (_, index) => `usr_${index}`);
const offerings = new Map(courses.map((id) => [id, offeringOf(id, { classId })]));

interface Asked {
  kind: 'enroll' | 'drop' | 'complete';
  courseId: string;
  userId: string;
  joinWaitlist: boolean;
}

type Step =
  | { kind: 'group'; commands: Asked[] }
  | { kind: 'capacity'; courseId: string; capacity: number }
  | { kind: 'cancel'; courseId: string };

const asked: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constantFrom('enroll' as const, 'enroll' as const, 'drop' as const, 'complete' as const),
  courseId: fc.constantFrom(...courses),
  userId: fc.constantFrom(...students),
  joinWaitlist: fc.boolean(),
});
const group = fc.record({
  kind: fc.constant('group' as const),
  commands: fc.uniqueArray(asked, { selector: ({ userId }) => userId, minLength: 1, maxLength: 6 }),
});
const capacity = fc.record({
  kind: fc.constant('capacity' as const),
  courseId: fc.constantFrom(...courses),
  capacity: fc.integer({ min: 0, max: 5 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: group },
  { weight: 2, arbitrary: capacity },
);

function newStore(): ModelStore {
  const store = new ModelStore(offerings, semesterRules());
  const limits = { capacity: 3, waitlistCapacity: 5 };
  let seats = seatsOf(classId, limits);
  for (const [id, ofCode] of [
    ['phil', 1],
    ['math', 2],
  ] as const)
    seats = seatsAfterCodeUpdate(seats, id, plainUpdate({ ...limits, capacity: ofCode }));
  store.seats.set(classId, seats);
  return store;
}

const seatsIn = (store: ModelStore) => store.seats.get(classId) ?? seatsOf(classId);

function commandOf({ kind, courseId, userId, joinWaitlist }: Asked): Command {
  if (kind === 'enroll') return enrolling(courseId, userId, joinWaitlist);
  if (kind === 'drop') return dropping(courseId, userId);
  const actor = { id: userId, role: 'student' } as const;
  return { kind, courseId, userId, actor, status: 'completed', grade: undefined };
}

function update(store: ModelStore, courseId: string, change: { capacity?: number; status?: 'cancelled' }) {
  const seats = seatsIn(store);
  const code = seats.codes[courseId];
  const known = code ?? { ...seats, version: seats.courseVersion };
  if (change.capacity !== undefined && change.capacity < known.enrolledCount) return;
  const { capacity: kept, version } = known;
  const next = plainUpdate({ capacity: kept, waitlistCapacity: 5, version: version + 1, ...change });
  const after = code ? seatsAfterCodeUpdate(seats, courseId, next) : seatsAfterUpdate(seats, next);
  store.seats.set(classId, after);
}

function run(store: ModelStore, each: Step, limit: number): void {
  if (each.kind === 'capacity') update(store, each.courseId, { capacity: each.capacity });
  if (each.kind === 'cancel') update(store, each.courseId, { status: 'cancelled' });
  if (each.kind === 'group') {
    const before = seatsIn(store);
    store.commit(classId, each.commands.map(commandOf), now, limit);
    expect(breaksSeats({ before, classSeats: seatsIn(store), events: [] })).toBe(false);
  }
}

function settle(store: ModelStore, limit: number): void {
  for (let round = 0; seatsIn(store).promotion; round += 1) {
    if (round > 50) throw new Error('promotions never end');
    store.commit(classId, [{ kind: 'continue' }], now, limit);
  }
}

function expectSound(store: ModelStore): void {
  const seats = seatsIn(store);
  const all = [...store.enrollments.values()];
  const counted = (ids: readonly string[]) => {
    const own = all.filter(({ courseId }) => ids.includes(courseId));
    return {
      enrolledCount: own.filter(holdsSeat).length,
      completedCount: own.filter(({ status }) => status === 'completed').length,
      waitlistedCount: own.filter(({ status }) => status === 'waitlisted').length,
    };
  };
  expect(seats).toMatchObject(counted(courseIdsOf(seats)));
  for (const [id, code] of Object.entries(seats.codes)) expect(code).toMatchObject(counted([id]));
  const places = store.waitlist.get(classId) ?? [];
  const waiting = all.filter(({ status }) => status === 'waitlisted');
  expect(places.map(({ ticket, userId, codeId = classId }) => [codeId, userId, ticket]).sort()).toEqual(
    waiting.map(({ courseId, userId, ticket }) => [courseId, userId, ticket]).sort(),
  );
  const { after, kept } = seats.promotion ?? { after: 0, kept: 0 };
  expect(places.filter(({ ticket }) => ticket <= after)).toHaveLength(kept);
  expect(store.events.map(({ sequence }) => sequence)).toEqual(store.events.map((_, index) => index + 1));
  for (const { enrollment, offering } of store.events) expect(offering.courseId).toBe(enrollment.courseId);
  for (const { entries } of store.students.values())
    expect(entries.filter(isCurrent).length).toBeLessThanOrEqual(1);
}

describe('any history of a class with three codes', { timeout: 120_000 }, () => {
  it.each([20, 1])(
    'keeps counts, capacities, sequence and one place a person, judging %i at a time',
    (limit) => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), (steps) => {
          const store = newStore();
          for (const each of steps) {
            run(store, each, limit);
            expectSound(store);
          }
        }),
        { numRuns: 150 },
      );
    },
  );

  it('leaves no seat free that somebody who waits could take under the own code', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), (steps) => {
        const store = newStore();
        for (const each of steps) run(store, each, 20);
        settle(store, 20);
        const seats = seatsIn(store);
        for (const { codeId = classId } of store.waitlist.get(classId) ?? []) {
          const code = seats.codes[codeId];
          expect(Math.min(freeSeats(seats), code ? freeSeats(code) : Infinity)).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(['phil', classId])('ends what is to be ended where %s is cancelled', (cancelled) => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const store = newStore();
        for (const each of steps) run(store, each, 20);
        const before = new Map(store.enrollments);
        run(store, { kind: 'cancel', courseId: cancelled }, 20);
        const isOwed = () => {
          const { cancellation, codes } = seatsIn(store);
          return [{ cancellation }, ...Object.values(codes)].some((each) => each.cancellation !== null);
        };
        for (let round = 0; isOwed(); round += 1) {
          expect(round).toBeLessThan(10);
          store.commit(classId, [{ kind: 'continue' }], now);
        }
        expectSound(store);
        for (const [key, { courseId, status }] of store.enrollments) {
          const isEnded = cancelled === classId || cancelled === courseId;
          if (isEnded) expect(['enrolled', 'waitlisted']).not.toContain(status);
          else if (before.get(key)?.status === 'enrolled') expect(status).toBe('enrolled');
        }
      }),
      { numRuns: 100 },
    );
  });
});
