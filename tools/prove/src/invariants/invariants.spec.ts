import { describe, expect, it } from 'vitest';
import { factsOf } from '../snapshot/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Step } from '../testing/snapshots.ts';
import { attempt, copyOf, intent, snapshotOf } from '../testing/snapshots.ts';
import { invariants } from './invariants.ts';

/** Two take the seats of `c1`, one waits, one seat comes free and is passed on; one more is in `c2`. */
const usual: readonly Step[] = [
  { change: 'enrolled', user: 'ann' },
  { change: 'enrolled', user: 'bob' },
  { change: 'waitlisted', user: 'cid' },
  { change: 'waitlisted', user: 'dan' },
  { change: 'dropped', user: 'ann' },
  { change: 'promoted', user: 'cid' },
  { change: 'completed', user: 'bob', actorRole: 'registrar' },
  { change: 'enrolled', user: 'ann', course: 'c2' },
];

/** Names of the invariants that a snapshot breaks. */
const brokenBy = (snapshot: Snapshot) =>
  invariants.filter(({ check }) => check(snapshot).violations.length > 0).map(({ name }) => name);

const shifted = (
  snapshot: Snapshot,
  change: (copies: Snapshot['copies']) => Snapshot['copies'],
): Snapshot => {
  const copies = change(snapshot.copies);
  return { ...snapshot, copies, facts: factsOf(copies) };
};

describe('a snapshot in which all went well', () => {
  it('breaks nothing, and everything in it was looked at', () => {
    const snapshot = snapshotOf(usual);
    expect(brokenBy(snapshot)).toEqual([]);
    const unchecked = invariants.filter(({ check }) => check(snapshot).checked === 0).map(({ name }) => name);
    expect(unchecked).toEqual(['closed-courses', 'own-writes']);
  });

  it('may have copies of events, overrides by registrars, and a mail sent again after an unclear attempt', () => {
    const steps: Step[] = [
      ...usual,
      { change: 'enrolled', user: 'eve', override: ['seat_unavailable'], actorRole: 'registrar' },
    ];
    const plain = snapshotOf(steps);
    const snapshot = shifted(plain, (copies) => [...copies, copyOf(plain, 0)]);
    const [first, ...others] = snapshot.notices;
    const mails = [...snapshot.mails, ...snapshot.mails.slice(0, 1)];
    const notices = first ? [{ ...first, mailAttempts: 2 }, ...others] : [];
    expect(brokenBy({ ...snapshot, notices, mails })).toEqual([]);
  });

  it('may leave out the number of a change of a course that was refused', () => {
    expect(brokenBy(withVersions(1, 3))).toEqual([]);
  });
});

/** The usual snapshot, in which `c1` had these versions, the last of which changed its title. */
function withVersions(...versions: number[]): Snapshot {
  const snapshot = snapshotOf(usual);
  const [course, offering, seats] = [
    snapshot.courses.get('c1'),
    snapshot.offerings.get('c1'),
    snapshot.seats.get('c1'),
  ];
  const at = snapshot.copies.findIndex(({ id }) => id === 'evt_c1');
  if (!course || !offering || !seats) throw new Error('There is no c1.');
  const changed = versions.slice(1).map((version) => {
    const data = { course: { ...course, title: 'Other', version }, actorId: 'registrar' };
    return copyOf(snapshot, at, { id: `evt_c1_${version}`, data });
  });
  const version = versions.at(-1) ?? 1;
  return {
    ...snapshot,
    copies: [...snapshot.copies, ...changed],
    courses: new Map(snapshot.courses).set('c1', { ...course, title: 'Other', version }),
    offerings: new Map(snapshot.offerings).set('c1', { ...offering, version }),
    seats: new Map(snapshot.seats).set('c1', { ...seats, courseVersion: version }),
    coursesShown: snapshot.coursesShown.map((shown) =>
      shown.courseId === 'c1' ? { ...shown, version } : shown,
    ),
  };
}

const cases: [string, expected: string, () => Snapshot][] = [
  [
    'a third student in two seats',
    'capacity',
    () => snapshotOf([...usual.slice(0, 2), { change: 'enrolled', user: 'eve' }]),
  ],
  [
    'an acknowledged enrollment that is nowhere',
    'acknowledged',
    () => {
      const snapshot = snapshotOf(usual);
      const asked = {
        kind: 'enroll',
        userId: 'eve',
        courseId: 'c1',
        joinWaitlist: false,
        actorId: 'eve',
        override: [],
      } as const;
      const answer = {
        id: 'enr_c1_eve',
        userId: 'eve',
        courseId: 'c1',
        version: 1,
        status: 'enrolled',
      } as const;
      return { ...snapshot, intents: [...snapshot.intents, intent(asked, [attempt(201, answer)], 99)] };
    },
  ],
  [
    'a swap whose drop did not happen with it',
    'acknowledged',
    () => {
      const snapshot = snapshotOf(usual);
      const asked = {
        kind: 'swap',
        userId: 'ann',
        actorId: 'ann',
        dropEnrollmentId: 'enr_c1_ann',
        addCourseId: 'c2',
      } as const;
      const answer = {
        id: 'enr_c2_ann',
        userId: 'ann',
        courseId: 'c2',
        version: 1,
        status: 'enrolled',
      } as const;
      return { ...snapshot, intents: [...snapshot.intents, intent(asked, [attempt(201, answer)], 99)] };
    },
  ],
  [
    'a refusal that took effect',
    'nothing-else',
    () => {
      const snapshot = snapshotOf(usual);
      const [first, ...others] = snapshot.intents;
      return {
        ...snapshot,
        intents: first
          ? [{ ...first, attempts: [attempt(409, { code: 'seat_unavailable' })] }, ...others]
          : [],
      };
    },
  ],
  [
    'a retry that is told something else',
    'replays',
    () => {
      const snapshot = snapshotOf(usual);
      snapshot.intents[0]?.attempts.push(
        attempt(409, { code: 'already_enrolled' }, { via: 'enrollments 2', replayed: true }),
      );
      return snapshot;
    },
  ],
  [
    'a request that was carried out twice',
    'replays',
    () => {
      const snapshot = snapshotOf(usual);
      snapshot.intents[0]?.attempts.push(attempt(201, snapshot.intents[0].attempts[0]?.body));
      return snapshot;
    },
  ],
  [
    'an answer that shows an inner fault',
    'answers',
    () => {
      const snapshot = snapshotOf(usual);
      snapshot.intents[0]?.attempts.unshift(attempt(500, { code: 'internal_error' }));
      return snapshot;
    },
  ],
  [
    'a request without an answer',
    'answers',
    () => {
      const snapshot = snapshotOf(usual);
      const asked = { kind: 'drop', userId: 'eve', actorId: 'eve', enrollmentId: 'enr_c1_eve' } as const;
      return { ...snapshot, intents: [...snapshot.intents, intent(asked, [attempt(503)], 99)] };
    },
  ],
  ['more credits than the limit', 'schedules', () => snapshotOf(usual, { creditLimit: 2 })],
  [
    'a student in two places at once',
    'schedules',
    () => {
      const meetings = [{ day: 'mon' as const, start: '09:00', end: '10:00', room: 'A' }];
      const data = { course: { section: '1', meetings } };
      return snapshotOf([
        { change: 'enrolled', user: 'ann', data },
        { change: 'enrolled', user: 'ann', course: 'c2', data },
      ]);
    },
  ],
  [
    'a student in two sections of a code',
    'schedules',
    () => {
      const snapshot = snapshotOf([
        { change: 'enrolled', user: 'ann' },
        { change: 'enrolled', user: 'ann', course: 'c2' },
      ]);
      const ann = snapshot.students.get('ann');
      const entries = (ann?.entries ?? []).map((entry) => ({ ...entry, code: 'MATH-101' }));
      return { ...snapshot, students: new Map([['ann', { userId: 'ann', version: 2, entries }]]) };
    },
  ],
  [
    'a promotion past an earlier one',
    'waitlist-order',
    () => snapshotOf([...usual.slice(0, 5), { change: 'promoted', user: 'dan' }]),
  ],
  [
    'a newcomer past one who waits',
    'waitlist-order',
    () => snapshotOf([...usual.slice(0, 5), { change: 'enrolled', user: 'eve' }]),
  ],
  ['a free seat beside one who waits for it', 'free-seats', () => snapshotOf(usual.slice(0, 5))],
  [
    'somebody let into a closed course',
    'closed-courses',
    () => {
      const snapshot = snapshotOf(usual);
      const asked = {
        kind: 'change',
        actorId: 'registrar',
        courseId: 'c1',
        change: { status: 'closed' },
      } as const;
      const before = Date.parse('2027-01-15T11:00:00.000Z');
      return {
        ...snapshot,
        intents: [intent(asked, [attempt(200, {}, { at: before })], 99), ...snapshot.intents],
      };
    },
  ],
  [
    'a count that is not the number of rows',
    'counts',
    () => {
      const snapshot = snapshotOf(usual);
      const seats = snapshot.seats.get('c1');
      return seats
        ? { ...snapshot, seats: new Map(snapshot.seats).set('c1', { ...seats, waitlistedCount: 7 }) }
        : snapshot;
    },
  ],
  [
    'a count in an event that is not what came before',
    'counts',
    () => {
      const data = { counts: { capacity: 2, enrolledCount: 0, waitlistedCount: 0, seatsAvailable: 2 } };
      return snapshotOf([{ change: 'enrolled', user: 'ann', data }]);
    },
  ],
  [
    'a waitlist without its enrollment',
    'counts',
    () => {
      const snapshot = snapshotOf(usual);
      return { ...snapshot, places: [...snapshot.places, { courseId: 'c1', ticket: 9, userId: 'eve' }] };
    },
  ],
  [
    'a semester that says another version',
    'counts',
    () => {
      const snapshot = snapshotOf(usual);
      return {
        ...snapshot,
        enrollments: new Map(
          [...snapshot.enrollments].map(([id, row]) => [id, { ...row, version: row.version + 1 }]),
        ),
      };
    },
  ],
  [
    'an event that never came',
    'sequences',
    () => shifted(snapshotOf(usual), (copies) => copies.filter((_, at) => at !== 3)),
  ],
  [
    'a last event that never came',
    'sequences',
    () => shifted(snapshotOf(usual), (copies) => copies.filter((_, at) => at !== 6)),
  ],
  [
    'two events under one number',
    'sequences',
    () => {
      const snapshot = snapshotOf(usual);
      return shifted(snapshot, (copies) => [...copies, copyOf(snapshot, 0, { id: 'evt_other' })]);
    },
  ],
  [
    'a copy that differs',
    'sequences',
    () => {
      const snapshot = snapshotOf(usual);
      return shifted(snapshot, (copies) => [...copies, copyOf(snapshot, 0, { value: '{}' })]);
    },
  ],
  [
    'events out of order',
    'sequences',
    () =>
      shifted(snapshotOf(usual), ([first, second, ...others]) =>
        [second, first, ...others].filter((copy) => copy !== undefined),
      ),
  ],
  ['a version of a course that came after a higher one', 'sequences', () => withVersions(1, 3, 2)],
  [
    'a change of a course that a registrar was told of and that is on no topic',
    'sequences',
    () => {
      const snapshot = withVersions(1, 3);
      const asked = {
        kind: 'change',
        actorId: 'registrar',
        courseId: 'c1',
        change: { capacity: 9 },
      } as const;
      const answer = intent(asked, [attempt(200, { version: 2 })], 90);
      return { ...snapshot, intents: [...snapshot.intents, answer] };
    },
  ],
  [
    'a commit of a student that was lost',
    'sequences',
    () => snapshotOf([{ change: 'enrolled', user: 'ann', data: { studentVersion: 2 } }]),
  ],
  [
    'a history that lacks a change',
    'history',
    () => {
      const snapshot = snapshotOf(usual);
      const row = snapshot.enrollments.get('enr_c1_cid');
      return row
        ? {
            ...snapshot,
            enrollments: new Map(snapshot.enrollments).set(row.id, { ...row, history: row.history.slice(1) }),
          }
        : snapshot;
    },
  ],
  [
    'a history that tells another story',
    'history',
    () => {
      const snapshot = snapshotOf(usual);
      const row = snapshot.enrollments.get('enr_c1_cid');
      const history = row?.history.map((entry) => ({ ...entry, actorId: 'nobody' })) ?? [];
      return row
        ? { ...snapshot, enrollments: new Map(snapshot.enrollments).set(row.id, { ...row, history }) }
        : snapshot;
    },
  ],
  [
    'a student who was not told',
    'inboxes',
    () => {
      const snapshot = snapshotOf(usual);
      return { ...snapshot, notices: snapshot.notices.slice(1), mails: snapshot.mails.slice(1) };
    },
  ],
  [
    'a student who was told twice',
    'inboxes',
    () => {
      const snapshot = snapshotOf(usual);
      return { ...snapshot, notices: [...snapshot.notices, ...snapshot.notices.slice(0, 1)] };
    },
  ],
  [
    'a mail that came twice after one attempt',
    'mails',
    () => {
      const snapshot = snapshotOf(usual);
      return { ...snapshot, mails: [...snapshot.mails, ...snapshot.mails.slice(0, 1)] };
    },
  ],
  [
    'a mail that never came',
    'mails',
    () => ({ ...snapshotOf(usual), mails: snapshotOf(usual).mails.slice(1) }),
  ],
  ['a mail to somebody else', 'mails', () => ({ ...snapshotOf(usual), mailOf: new Map() })],
  [
    'an offering behind its course',
    'projections',
    () => {
      const snapshot = snapshotOf(usual);
      const offering = snapshot.offerings.get('c1');
      return offering
        ? { ...snapshot, offerings: new Map(snapshot.offerings).set('c1', { ...offering, version: 0 }) }
        : snapshot;
    },
  ],
  [
    'a course that its events do not know',
    'projections',
    () => {
      const snapshot = snapshotOf(usual);
      const course = snapshot.courses.get('c1');
      return course
        ? { ...snapshot, courses: new Map(snapshot.courses).set('c1', { ...course, title: 'Other' }) }
        : snapshot;
    },
  ],
  [
    'a list that forgets the own last write',
    'own-writes',
    () => {
      const snapshot = snapshotOf(usual);
      return {
        ...snapshot,
        looks: [
          { userId: 'ann', at: Date.parse('2027-01-16T00:00:00.000Z'), via: 'enrollments 2', items: [] },
        ],
      };
    },
  ],
  [
    'a list from the cache that is behind',
    'cached-answers',
    () => ({ ...snapshotOf(usual), ownShown: snapshotOf(usual.slice(0, 5)).ownShown }),
  ],
  [
    'a list that is refused for good',
    'cached-answers',
    () => {
      const snapshot = snapshotOf(usual);
      return {
        ...snapshot,
        ownShown: snapshot.ownShown.map((shown) => ({ ...shown, status: 503, items: [] })),
      };
    },
  ],
  [
    'a position that is not the rank',
    'cached-answers',
    () => {
      const snapshot = snapshotOf(usual);
      return { ...snapshot, places: [...snapshot.places, { courseId: 'c1', ticket: 0, userId: 'eve' }] };
    },
  ],
  [
    'a catalogue that shows old counts',
    'cached-answers',
    () => ({ ...snapshotOf(usual), coursesShown: snapshotOf(usual.slice(0, 1)).coursesShown }),
  ],
  [
    'an event that stays in an outbox',
    'quiescence',
    () => snapshotOf(usual, { backlog: { 'events unpublished': 1 } }),
  ],
];

describe('the invariant that is broken by', () => {
  it.each(cases)('%s is %s', (_, expected, make) => {
    expect(brokenBy(make())).toContain(expected);
  });

  it('something is one of each: no invariant was never seen to bite', () => {
    const bitten = new Set(cases.map(([, expected]) => expected));
    expect(invariants.map(({ name }) => name).filter((name) => !bitten.has(name))).toEqual([]);
  });
});
