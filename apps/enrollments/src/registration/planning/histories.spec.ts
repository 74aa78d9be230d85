import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seatsAfterUpdate } from '../../offerings/offering.rules.ts';
import { plainUpdate } from '../../enrollment/testing/plain-update.ts';
import { holdsSeat } from '../../enrollment/student-entries.rules.ts';
import { meeting, now, offeringOf, seatsOf, semesterRules } from '../../enrollment/testing/builders.ts';
import { dropping, enrolling } from '../testing/changes.ts';
import { ModelStore } from '../testing/model.ts';
import type { Command } from './commands.ts';
import { overlapOf } from '../../enrollment/times.rules.ts';

const courses = ['algebra', 'physics', 'history'];
const students = Array.from({ length: 8 }, (_, index) => `usr_${index}`);
const semester = semesterRules({ creditLimit: 6 });
const offerings = new Map([
  ['algebra', offeringOf('algebra', { meetings: [meeting('mon')] })],
  ['physics', offeringOf('physics', { meetings: [meeting('mon', '10:00', '11:00')] })],
  ['history', offeringOf('history', { credits: 4 })],
]);

interface Group {
  kind: 'group';
  courseId: string;
  commands: { kind: 'enroll' | 'drop' | 'complete'; userId: string; joinWaitlist: boolean }[];
}

type Step =
  | Group
  | { kind: 'capacity'; courseId: string; capacity: number }
  | { kind: 'follow-ups' }
  /** One instance is held between its reading and its transaction, while another one does `meanwhile`. */
  | { kind: 'held'; held: Group; meanwhile: Step[] };

const group: fc.Arbitrary<Group> = fc.record({
  kind: fc.constant('group' as const),
  courseId: fc.constantFrom(...courses),
  commands: fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom('enroll' as const, 'enroll' as const, 'drop' as const, 'complete' as const),
      userId: fc.constantFrom(...students),
      joinWaitlist: fc.boolean(),
    }),
    { selector: ({ userId }) => userId, minLength: 1, maxLength: 6 },
  ),
});

const plainStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: group },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('capacity' as const),
      courseId: fc.constantFrom(...courses),
      capacity: fc.integer({ min: 0, max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'follow-ups' as const }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: plainStep },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('held' as const),
      held: group,
      meanwhile: fc.tuple(plainStep, fc.constant({ kind: 'follow-ups' as const })),
    }),
  },
);

function newStore(): ModelStore {
  const store = new ModelStore(offerings, semester);
  for (const courseId of courses)
    store.seats.set(courseId, seatsOf(courseId, { capacity: 2, waitlistCapacity: 4 }));
  return store;
}

function command(courseId: string, { kind, userId, joinWaitlist }: Group['commands'][number]): Command {
  if (kind === 'enroll') return enrolling(courseId, userId, joinWaitlist);
  if (kind === 'drop') return dropping(courseId, userId);

  const actor = { id: userId, role: 'student' } as const;
  return { kind, courseId, userId, actor, status: 'completed', grade: undefined };
}

function begin(store: ModelStore, { courseId, commands }: Group, limit: number) {
  return store.begin(
    courseId,
    commands.map((one) => command(courseId, one)),
    now,
    limit,
  );
}

function run(store: ModelStore, each: Step, limit: number): void {
  if (each.kind === 'group') begin(store, each, limit)();
  if (each.kind === 'held') {
    const send = begin(store, each.held, limit);
    for (const one of each.meanwhile) run(store, one, limit);
    send();
  }
  if (each.kind === 'follow-ups') followUp(store, limit);
  if (each.kind === 'capacity') {
    const seats = store.seats.get(each.courseId);
    if (!seats || each.capacity < seats.enrolledCount) return;
    const update = plainUpdate({
      capacity: each.capacity,
      waitlistCapacity: 4,
      version: seats.courseVersion + 1,
    });
    store.seats.set(each.courseId, seatsAfterUpdate(seats, update));
  }
}

/** What the service does after commits: owed promotions go on, looser schedules are judged again. */
function followUp(store: ModelStore, limit: number): void {
  for (const courseId of courses) {
    for (let round = 0; store.seats.get(courseId)?.promotion; round += 1) {
      if (round > 50) throw new Error('promotions never end');
      store.commit(courseId, [{ kind: 'continue' }], now, limit);
    }
  }
  for (const [userId, student] of store.students) {
    if (!student.retryDue) continue;
    for (const { courseId, status } of student.entries) {
      if (status === 'waitlisted')
        store.commit(courseId, [{ kind: 'reconsider', courseId, userId }], now, limit);
    }
    const after = store.students.get(userId);
    if (after) store.students.set(userId, { ...after, retryDue: false });
  }
}

function expectSound(store: ModelStore): void {
  for (const courseId of courses) {
    const records = [...store.enrollments.values()].filter((record) => record.courseId === courseId);
    const seats = store.seats.get(courseId);
    expect(seats?.enrolledCount).toBe(records.filter(holdsSeat).length);
    expect(seats?.waitlistedCount).toBe(records.filter(({ status }) => status === 'waitlisted').length);
    const places = store.waitlist.get(courseId) ?? [];
    expect(places.length).toBe(seats?.waitlistedCount);
    const { after, kept } = seats?.promotion ?? { after: 0, kept: 0 };
    expect(places.filter(({ ticket }) => ticket <= after)).toHaveLength(kept);
    const events = store.events.filter(({ enrollment }) => enrollment.courseId === courseId);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    for (const { counts } of events) expect(counts.enrolledCount).toBeLessThanOrEqual(counts.capacity);
  }
  for (const student of store.students.values()) {
    const seated = student.entries.filter(holdsSeat);
    expect(seated.reduce((sum, { credits }) => sum + credits, 0)).toBeLessThanOrEqual(semester.creditLimit);
    const meetings = seated.map(({ courseId }) => offerings.get(courseId)?.meetings ?? []);
    for (const [index, one] of meetings.entries()) {
      for (const other of meetings.slice(index + 1)) expect(overlapOf(one, other)).toBeUndefined();
    }
    for (const entry of student.entries) {
      expect(store.enrollments.get(`${entry.courseId} ${student.userId}`)).toMatchObject({
        status: entry.status,
        version: entry.version,
      });
    }
  }
}

/** Of those who waited at the same time, a later one is promoted before an earlier one only where the earlier was told. */
function expectOrderKept(store: ModelStore): void {
  const waiting = new Map<string, { ticket: number; notified: boolean }[]>();
  for (const { change, enrollment, ...event } of store.events) {
    const list = waiting.get(enrollment.courseId) ?? [];
    waiting.set(enrollment.courseId, list);
    if (change === 'waitlisted' && enrollment.ticket !== null)
      list.push({ ticket: enrollment.ticket, notified: false });
    if (change === 'passed-over')
      for (const place of list) if (place.ticket === enrollment.ticket) place.notified = true;
    if (change !== 'promoted' && change !== 'dropped' && change !== 'cancelled') continue;
    const mine = ticketOf(store, event.sequence, enrollment);
    if (change === 'promoted')
      for (const { ticket, notified: notified } of list)
        if (mine !== undefined && ticket < mine) expect(notified).toBe(true);
    waiting.set(
      enrollment.courseId,
      list.filter(({ ticket }) => ticket !== mine),
    );
  }
}

function ticketOf(
  store: ModelStore,
  before: number,
  { courseId, userId }: { courseId: string; userId: string },
): number | undefined {
  const earlier = store.events.filter(
    ({ enrollment, sequence }) =>
      enrollment.courseId === courseId && enrollment.userId === userId && sequence < before,
  );
  return earlier.at(-1)?.enrollment.ticket ?? undefined;
}

// Thousands of commits a test: minutes on a busy machine, a second on a quiet one.
describe('any history of registrations', { timeout: 120_000 }, () => {
  it.each([20, 1])(
    'keeps seats, credits, times, counts, sequences and the waitlist order, judging %i at a time',
    (limit) => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
          const store = newStore();
          for (const each of steps) {
            run(store, each, limit);
            expectSound(store);
          }
          expectOrderKept(store);
        }),
        { numRuns: 150 },
      );
    },
  );

  it('leaves no free seat to which somebody waiting is entitled, once the follow-ups are done', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const store = newStore();
        for (const each of steps) run(store, each, 20);
        for (let round = 0; round < 5; round += 1) followUp(store, 20);
        for (const courseId of courses) {
          const before = store.events.length;
          const seats = store.seats.get(courseId);
          if (!seats || seats.waitlistedCount === 0) continue;
          store.seats.set(courseId, { ...seats, promotion: { after: 0, kept: 0 } });
          store.commit(courseId, [{ kind: 'continue' }], now);
          expect(store.events.slice(before).filter(({ change }) => change === 'promoted')).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives a seat to a waiter whose schedule another instance loosened after it was judged', () => {
    const store = newStore();
    const of = (courseId: string, kind: 'enroll' | 'drop', ...userIds: string[]): Group => ({
      kind: 'group',
      courseId,
      commands: userIds.map((userId) => ({ kind, userId, joinWaitlist: true })),
    });
    const steps: Step[] = [
      of('algebra', 'enroll', 'usr_0', 'usr_1'),
      of('algebra', 'enroll', 'usr_2'),
      of('physics', 'enroll', 'usr_2'),
      // Passes over the one who waits, who is told by that; the next commit tells nobody.
      of('algebra', 'drop', 'usr_0'),
      of('algebra', 'enroll', 'usr_3'),
      {
        kind: 'held',
        held: of('algebra', 'drop', 'usr_1'),
        meanwhile: [of('physics', 'drop', 'usr_2'), { kind: 'follow-ups' }],
      },
      { kind: 'follow-ups' },
    ];
    for (const each of steps) run(store, each, 20);
    expect(store.enrollments.get('algebra usr_2')?.status).toBe('enrolled');
    expectSound(store);
  });

  it('ends every enrollment of a cancelled course, completed ones apart, and tells each once', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const store = newStore();
        for (const each of steps) run(store, each, 20);
        const seats = store.seats.get('algebra');
        if (!seats) throw new Error('no seats');
        store.seats.set(
          'algebra',
          seatsAfterUpdate(
            seats,
            plainUpdate({ status: 'cancelled', capacity: seats.capacity, version: seats.courseVersion + 1 }),
          ),
        );
        for (let round = 0; store.seats.get('algebra')?.cancellation; round += 1) {
          expect(round).toBeLessThan(10);
          store.commit('algebra', [{ kind: 'continue' }], now);
        }
        const left = [...store.enrollments.values()]
          .filter(({ courseId }) => courseId === 'algebra')
          .map(({ status }) => status);
        expect(left).not.toContain('enrolled');
        expect(left).not.toContain('waitlisted');
        const notified = store.events
          .filter(({ change }) => change === 'cancelled')
          .map(({ enrollment }) => enrollment.userId);
        expect(new Set(notified).size).toBe(notified.length);
        expectSound(store);
      }),
      { numRuns: 100 },
    );
  });
});
