import { describe, expect, it } from 'vitest';
import { factsOf } from '../snapshot/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { attempt, copyOf, intent, snapshotOf } from '../testing/snapshots.ts';
import type { Step } from '../testing/snapshots.ts';
import type { Asked, Attempt } from '../workload/journal.ts';
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

/** A request for a seat in `c1` that was refused before any work. */
const refusedIntent = (userId: string, retryAfter: string) =>
  intent({ kind: 'enroll', userId, actorId: userId, courseId: 'c1', joinWaitlist: true, override: [] }, [
    attempt(503, { code: 'overloaded' }, { retryAfter }),
  ]);

/** A hold of ann that was released. */
const released = { userId: 'ann', holdId: 'hld_1', acknowledgedAt: 0, releaseBegunAt: 1 };

/** The snapshot with other messages on its topics. */
const withCopies = (snapshot: Snapshot, copies: Snapshot['copies']): Snapshot => ({
  ...snapshot,
  copies,
  facts: factsOf(copies),
});

/** A map with one of its rows changed. */
function changed<Row>(rows: ReadonlyMap<string, Row>, key: string, change: Partial<Row>): Map<string, Row> {
  const row = rows.get(key);
  if (row === undefined) throw new RangeError(`There is no ${key}.`);
  return new Map(rows).set(key, { ...row, ...change });
}

/** The intents with one more, answered like this. */
const withIntent = ({ intents }: Snapshot, asked: Asked, ...attempts: Attempt[]) => [
  ...intents,
  intent(asked, attempts, 99),
];

/** The usual snapshot, in which `c1` had these versions, the last of which changed its title. */
function withVersions(...versions: number[]): Snapshot {
  const snapshot = snapshotOf(usual);
  const at = snapshot.copies.findIndex(({ id }) => id === 'evt_c1');
  const course = snapshot.courses.get('c1');
  const copies = versions.slice(1).map((version) => {
    const data = { course: { ...course, title: 'Other', version }, actorId: 'registrar' };
    return copyOf(snapshot, at, { id: `evt_c1_${version}`, data });
  });
  const version = versions.at(-1) ?? 1;
  return {
    ...snapshot,
    copies: [...snapshot.copies, ...copies],
    courses: changed(snapshot.courses, 'c1', { title: 'Other', version }),
    offerings: changed(snapshot.offerings, 'c1', { version }),
    seats: changed(snapshot.seats, 'c1', { courseVersion: version }),
    coursesShown: snapshot.coursesShown.map((shown) =>
      shown.courseId === 'c1' ? { ...shown, version } : shown,
    ),
  };
}

describe('a snapshot in which all went well', () => {
  it('breaks nothing, and everything in it was looked at', () => {
    const snapshot = snapshotOf(usual);
    expect(brokenBy(snapshot)).toEqual([]);
    const unchecked = invariants.filter(({ check }) => check(snapshot).checked === 0).map(({ name }) => name);
    const outside = [
      'cross-lists',
      'crowded-reads',
      'refused-writes',
      'bundles',
      'permits',
      'windows',
      'closed-courses',
      'own-writes',
    ];
    expect(unchecked).toEqual(outside);
  });

  it('may have copies of events, overrides by registrars, and a mail sent again after an unclear attempt', () => {
    const override = ['seat_unavailable'];
    const plain = snapshotOf([
      ...usual,
      { change: 'enrolled', user: 'eve', override, actorRole: 'registrar' },
    ]);
    const snapshot = withCopies(plain, [...plain.copies, copyOf(plain, 0)]);
    const notices = snapshot.notices.map((row, at) => (at === 0 ? { ...row, mailAttempts: 2 } : row));
    const mails = [...snapshot.mails, ...snapshot.mails.slice(0, 1)];
    expect(brokenBy({ ...snapshot, notices, mails })).toEqual([]);
  });

  it('may raise the version of a semester of a student whose hold was released', () => {
    const snapshot = snapshotOf(usual);
    const students = changed(snapshot.students, 'ann', { version: 4 });
    expect(brokenBy({ ...snapshot, students, holdSpans: [released] })).not.toContain('sequences');
    expect(brokenBy({ ...snapshot, students })).toContain('sequences');
  });

  it('may leave out the number of a change of a course that was refused', () => {
    expect(brokenBy(withVersions(1, 3))).toEqual([]);
  });
});

const enrolled = { version: 1, status: 'enrolled' } as const;

/** `c1` is taken with `c2`. */
const linked = [{ component: 'lab' as const, courseIds: ['c2'] }];
const linkedCourses = ({ courses }: Snapshot) => changed(courses, 'c1', { linked });

/** `c1` keeps a seat for honors students, of whom eve is one. */
const honors = (seats = 1) => [{ name: 'Honors', seats, match: { groups: ['honors'] }, releasesAt: null }];

/** The snapshot of these steps, where `c1` keeps seats. */
function withReservations(steps: readonly Step[], reservations = honors()): Snapshot {
  const snapshot = snapshotOf(steps);
  const at = snapshot.copies.findIndex(({ id }) => id === 'evt_c1');
  const course = { ...snapshot.courses.get('c1'), reservations };
  const copies = snapshot.copies.with(at, copyOf(snapshot, at, { data: { course, actorId: 'registrar' } }));
  const eligibility = { ...snapshot.eligibility, honors: new Set(['eve']) };
  return { ...snapshot, courses: changed(snapshot.courses, 'c1', { reservations }), copies, eligibility };
}

const ofHonors = { reservation: 'Honors' };

/** The snapshot of these steps, where ann has a permit. */
function withPermit(steps: readonly Step[], usedAt?: string): Snapshot {
  const permit = { id: 'pmt_1', userId: 'ann', courseId: 'c1', allows: ['permission_required'] };
  const granted = [{ permitId: 'pmt_1', userId: 'ann', courseId: 'c1' }];
  const snapshot = snapshotOf(steps);
  const notice = {
    id: 'ntf_p',
    kind: 'permitted',
    eventId: 'evt_p',
    userId: 'ann',
    mailStatus: 'sent',
    mailAttempts: 1,
  };
  const mails = [
    ...snapshot.mails,
    { messageId: '<ntf_p@registrar.example>', to: snapshot.mailOf.get('ann') ?? '' },
  ];
  const permits = [{ ...permit, ...(usedAt !== undefined && { usedAt }) }];
  return { ...snapshot, permits, granted, notices: [...snapshot.notices, notice], mails };
}

const firstAt = '2027-01-15T12:00:00.000Z';

describe('sections, kept seats and permits in which all went well', () => {
  it('are a bundle that is taken and given up in one commit each, or left by a cancellation', () => {
    const both: Step[] = [
      { change: 'enrolled', user: 'ann' },
      { change: 'enrolled', user: 'ann', course: 'c2', together: true },
    ];
    const dropped: Step[] = [
      { change: 'dropped', user: 'ann' },
      { change: 'dropped', user: 'ann', course: 'c2', together: true },
    ];
    const cancelled: Step[] = [{ change: 'cancelled', user: 'ann', course: 'c2', actorRole: 'registrar' }];
    for (const steps of [
      [...both, ...dropped],
      [...both, ...cancelled],
    ]) {
      const snapshot = snapshotOf(steps);
      expect(brokenBy({ ...snapshot, courses: linkedCourses(snapshot) })).not.toContain('bundles');
    }
  });

  it('are a seat kept for one student while another one waits for it', () => {
    const snapshot = withReservations([
      { change: 'enrolled', user: 'ann' },
      { change: 'waitlisted', user: 'bob' },
      { change: 'enrolled', user: 'eve', place: ofHonors },
    ]);
    expect(brokenBy(snapshot)).toEqual([]);
  });

  it('are a seat beyond what is free, by a permit that is used and named', () => {
    const snapshot = withPermit(
      [
        { change: 'waitlisted', user: 'ann', permitId: 'pmt_1' },
        { change: 'promoted', user: 'ann', permitId: 'pmt_1' },
      ],
      firstAt,
    );
    expect(brokenBy(snapshot)).toEqual([]);
  });

  it('are a place that waits for another section of a code, and gives the first one up', () => {
    const snapshot = snapshotOf([
      { change: 'enrolled', user: 'ann' },
      { change: 'enrolled', user: 'bob', course: 'c2' },
      { change: 'waitlisted', user: 'ann', course: 'c2', place: { dropOnPromotion: 'enr_c1_ann' } },
    ]);
    const entries = snapshot.students.get('ann')?.entries ?? [];
    const ofOneCode = entries.map((entry) => ({ ...entry, code: 'MATH-101' }));
    const students = changed(snapshot.students, 'ann', { entries: ofOneCode });
    expect(brokenBy({ ...snapshot, students })).not.toContain('schedules');
  });
});
const meetings = [{ day: 'mon' as const, start: '09:00', end: '10:00', room: 'A' }];
const inConflict = { course: { section: '1', meetings } };
const noCounts = { capacity: 2, enrolledCount: 0, waitlistedCount: 0, seatsAvailable: 2 };

/** What each case changes in the usual snapshot, or a snapshot of its own. */
const cases: [string, expected: string, (snapshot: Snapshot) => Partial<Snapshot>][] = [
  [
    'a third student in two seats',
    'capacity',
    () => snapshotOf([...usual.slice(0, 2), { change: 'enrolled', user: 'eve' }]),
  ],
  [
    'a count under a code of a class that is not the number of rows',
    'cross-lists',
    () => {
      const snapshot = snapshotOf([{ change: 'enrolled', user: 'ann', course: 'c2' }], { c2: 'c1' });
      const codes = changed(new Map(Object.entries(snapshot.seats.get('c1')?.codes ?? {})), 'c2', {
        enrolledCount: 0,
      });
      return { ...snapshot, seats: changed(snapshot.seats, 'c1', { codes: Object.fromEntries(codes) }) };
    },
  ],
  [
    'an acknowledged enrollment that is nowhere',
    'acknowledged',
    (snapshot) => ({
      intents: withIntent(
        snapshot,
        { kind: 'enroll', userId: 'eve', courseId: 'c1', joinWaitlist: false, actorId: 'eve', override: [] },
        attempt(201, { id: 'enr_c1_eve', userId: 'eve', courseId: 'c1', ...enrolled }),
      ),
    }),
  ],
  [
    'a swap whose drop did not happen with it',
    'acknowledged',
    (snapshot) => ({
      intents: withIntent(
        snapshot,
        { kind: 'swap', userId: 'ann', actorId: 'ann', dropEnrollmentId: 'enr_c1_ann', addCourseId: 'c2' },
        attempt(201, { id: 'enr_c2_ann', userId: 'ann', courseId: 'c2', ...enrolled }),
      ),
    }),
  ],
  [
    'a refusal that took effect',
    'nothing-else',
    ({ intents }) => ({
      intents: intents.map((each, at) =>
        at === 0 ? { ...each, attempts: [attempt(409, { code: 'seat_unavailable' })] } : each,
      ),
    }),
  ],
  [
    'a retry with another answer',
    'replays',
    ({ intents }) => {
      const answer = { code: 'already_enrolled' };
      intents[0]?.attempts.push(attempt(409, answer, { via: 'enrollments 2', replayed: true }));
      return { intents };
    },
  ],
  [
    'a request that was carried out twice',
    'replays',
    ({ intents }) => {
      intents[0]?.attempts.push(attempt(201, intents[0].attempts[0]?.body));
      return { intents };
    },
  ],
  [
    'an answer that shows an inner fault',
    'answers',
    ({ intents }) => {
      intents[0]?.attempts.unshift(attempt(500, { code: 'internal_error' }));
      return { intents };
    },
  ],
  [
    'a request without an answer',
    'answers',
    (snapshot) => ({
      intents: withIntent(
        snapshot,
        { kind: 'drop', userId: 'eve', actorId: 'eve', enrollmentId: 'enr_c1_eve' },
        attempt(503),
      ),
    }),
  ],
  ['more credits than the limit', 'schedules', () => ({ creditLimit: 2 })],
  [
    'a student in two places at once',
    'schedules',
    () =>
      snapshotOf([
        { change: 'enrolled', user: 'ann', data: inConflict },
        { change: 'enrolled', user: 'ann', course: 'c2', data: inConflict },
      ]),
  ],
  [
    'a student in two sections of a code',
    'schedules',
    () => {
      const snapshot = snapshotOf([
        { change: 'enrolled', user: 'ann' },
        { change: 'enrolled', user: 'ann', course: 'c2' },
      ]);
      const entries = snapshot.students.get('ann')?.entries ?? [];
      const ofOneCode = entries.map((entry) => ({ ...entry, code: 'MATH-101' }));
      return { ...snapshot, students: changed(snapshot.students, 'ann', { entries: ofOneCode }) };
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
  [
    'a lecture without its lab',
    'bundles',
    () => {
      const snapshot = snapshotOf([
        { change: 'enrolled', user: 'ann' },
        { change: 'enrolled', user: 'bob', course: 'c2' },
      ]);
      return { ...snapshot, courses: linkedCourses(snapshot) };
    },
  ],
  [
    'a lab whose lecture was dropped alone',
    'bundles',
    () => {
      const snapshot = snapshotOf([
        { change: 'enrolled', user: 'ann' },
        { change: 'enrolled', user: 'ann', course: 'c2', together: true },
        { change: 'dropped', user: 'ann' },
      ]);
      return { ...snapshot, courses: linkedCourses(snapshot) };
    },
  ],
  [
    'more seats of a reservation than it has',
    'reservations',
    () =>
      withReservations([
        { change: 'enrolled', user: 'eve', place: ofHonors },
        { change: 'enrolled', user: 'eve2', place: ofHonors },
      ]),
  ],
  [
    'a kept seat for somebody else',
    'reservations',
    () =>
      withReservations([
        { change: 'enrolled', user: 'ann' },
        { change: 'enrolled', user: 'bob' },
      ]),
  ],
  [
    'a count of reserved seats that is not the number of rows',
    'reservations',
    ({ seats }) => ({ seats: changed(seats, 'c1', { reserved: { Honors: 1 } }) }),
  ],
  [
    'a permit that is used twice',
    'permits',
    () =>
      withPermit(
        [
          { change: 'enrolled', user: 'ann', permitId: 'pmt_1' },
          { change: 'dropped', user: 'ann' },
          { change: 'enrolled', user: 'ann', permitId: 'pmt_1' },
        ],
        firstAt,
      ),
  ],
  [
    'a permit that does not say that it is used',
    'permits',
    () => withPermit([{ change: 'enrolled', user: 'ann', permitId: 'pmt_1' }]),
  ],
  [
    'a permit that is used after its revocation',
    'permits',
    () => {
      const snapshot = withPermit([{ change: 'enrolled', user: 'ann', permitId: 'pmt_1' }], firstAt);
      const permits = snapshot.permits.map((row) => ({ ...row, revokedAt: '2027-01-15T11:59:59.999Z' }));
      return { ...snapshot, permits };
    },
  ],
  [
    'a place that is promoted with a permit which was revoked meanwhile',
    'permits',
    () => {
      const steps: Step[] = [
        { change: 'waitlisted', user: 'ann', permitId: 'pmt_1' },
        { change: 'promoted', user: 'ann', permitId: 'pmt_1' },
      ];
      const snapshot = withPermit(steps, firstAt);
      const permits = snapshot.permits.map((row) => ({ ...row, revokedAt: '2027-01-15T12:00:00.500Z' }));
      return { ...snapshot, permits };
    },
  ],
  [
    'a revocation that was lost',
    'permits',
    () => {
      const snapshot = withPermit([]);
      return { ...snapshot, revoked: snapshot.granted.map((each) => ({ ...each, acknowledgedAt: 0 })) };
    },
  ],
  [
    'a permit whose grant was lost',
    'permits',
    () => ({ granted: [{ permitId: 'pmt_2', userId: 'ann', courseId: 'c1' }] }),
  ],
  [
    'a newcomer past one for whom the kept seat is',
    'waitlist-order',
    () =>
      withReservations([
        { change: 'enrolled', user: 'ann' },
        { change: 'waitlisted', user: 'eve' },
        { change: 'enrolled', user: 'bob', place: ofHonors },
      ]),
  ],
  [
    'a bundle that waits beside free seats',
    'free-seats',
    () => {
      const snapshot = snapshotOf([
        { change: 'waitlisted', user: 'ann' },
        { change: 'waitlisted', user: 'ann', course: 'c2', together: true },
      ]);
      return { ...snapshot, courses: linkedCourses(snapshot) };
    },
  ],
  [
    'a kept seat that is free beside one for whom it is',
    'free-seats',
    () =>
      withReservations([
        { change: 'enrolled', user: 'ann' },
        { change: 'waitlisted', user: 'eve' },
      ]),
  ],
  [
    'a student who waits to change and could',
    'free-seats',
    () =>
      snapshotOf([
        { change: 'enrolled', user: 'ann' },
        { change: 'waitlisted', user: 'ann', course: 'c2', place: { dropOnPromotion: 'enr_c1_ann' } },
      ]),
  ],
  ['a free seat beside one who waits for it', 'free-seats', () => snapshotOf(usual.slice(0, 5))],
  [
    'a student enrolled in a closed course',
    'closed-courses',
    (snapshot) => ({
      intents: withIntent(
        snapshot,
        { kind: 'change', actorId: 'registrar', courseId: 'c1', change: { status: 'closed' } },
        attempt(200, {}, { at: Date.parse('2027-01-15T11:00:00.000Z') }),
      ),
    }),
  ],
  [
    'a count that is not the number of rows',
    'counts',
    ({ seats }) => ({ seats: changed(seats, 'c1', { waitlistedCount: 7 }) }),
  ],
  [
    'a count in an event that is not what came before',
    'counts',
    () => snapshotOf([{ change: 'enrolled', user: 'ann', data: { counts: noCounts } }]),
  ],
  [
    'a waitlist without its enrollment',
    'counts',
    ({ places }) => ({ places: [...places, { courseId: 'c1', classId: 'c1', ticket: 9, userId: 'eve' }] }),
  ],
  [
    'a semester with another version',
    'counts',
    ({ enrollments }) => ({ enrollments: changed(enrollments, 'enr_c1_ann', { version: 9 }) }),
  ],
  [
    'an event that never came',
    'sequences',
    (snapshot) => withCopies(snapshot, snapshot.copies.toSpliced(3, 1)),
  ],
  [
    'a last event that never came',
    'sequences',
    (snapshot) => withCopies(snapshot, snapshot.copies.toSpliced(6, 1)),
  ],
  [
    'two events under one number',
    'sequences',
    (snapshot) => withCopies(snapshot, [...snapshot.copies, copyOf(snapshot, 0, { id: 'evt_other' })]),
  ],
  [
    'a copy that differs',
    'sequences',
    (snapshot) => withCopies(snapshot, [...snapshot.copies, copyOf(snapshot, 0, { value: '{}' })]),
  ],
  [
    'events out of order',
    'sequences',
    (snapshot) => {
      const { copies } = snapshot;
      return withCopies(snapshot, [...copies.slice(0, 2).toReversed(), ...copies.slice(2)]);
    },
  ],
  ['a version of a course that came after a higher one', 'sequences', () => withVersions(1, 3, 2)],
  [
    'an acknowledged change of a course that is on no topic',
    'sequences',
    () => {
      const snapshot = withVersions(1, 3);
      const intents = withIntent(
        snapshot,
        { kind: 'change', actorId: 'registrar', courseId: 'c1', change: { capacity: 9 } },
        attempt(200, { version: 2 }),
      );
      return { ...snapshot, intents };
    },
  ],
  [
    'a commit of a student that was lost',
    'sequences',
    () => snapshotOf([{ change: 'enrolled', user: 'ann', data: { studentVersion: 2 } }]),
  ],
  [
    'more commits of a student that were lost than holds of the student released',
    'sequences',
    ({ students }) => ({ students: changed(students, 'ann', { version: 5 }), holdSpans: [released] }),
  ],
  [
    'a history that lacks a change',
    'history',
    ({ enrollments }) => {
      const history = enrollments.get('enr_c1_cid')?.history.slice(1) ?? [];
      return { enrollments: changed(enrollments, 'enr_c1_cid', { history }) };
    },
  ],
  [
    'a history that differs from its events',
    'history',
    ({ enrollments }) => {
      const { history = [] } = enrollments.get('enr_c1_cid') ?? {};
      const other = history.map((entry) => ({ ...entry, actorId: 'nobody' }));
      return { enrollments: changed(enrollments, 'enr_c1_cid', { history: other }) };
    },
  ],
  [
    'a student who was not notified',
    'inboxes',
    ({ notices, mails }) => ({ notices: notices.slice(1), mails: mails.slice(1) }),
  ],
  [
    'a student who was notified twice',
    'inboxes',
    ({ notices }) => ({ notices: [...notices, ...notices.slice(0, 1)] }),
  ],
  [
    'a mail that came twice after one attempt',
    'mails',
    ({ mails }) => ({ mails: [...mails, ...mails.slice(0, 1)] }),
  ],
  ['a mail that never came', 'mails', ({ mails }) => ({ mails: mails.slice(1) })],
  ['a mail to somebody else', 'mails', () => ({ mailOf: new Map() })],
  [
    'an offering behind its course',
    'projections',
    ({ offerings }) => ({ offerings: changed(offerings, 'c1', { version: 0 }) }),
  ],
  [
    'a course that differs from its events',
    'projections',
    ({ courses }) => ({ courses: changed(courses, 'c1', { title: 'Other' }) }),
  ],
  [
    'a list without the own last write',
    'own-writes',
    () => ({
      looks: [{ userId: 'ann', at: Date.parse('2027-01-16T00:00:00.000Z'), via: 'enrollments 2', items: [] }],
    }),
  ],
  [
    'a read that fails beside a crowd',
    'crowded-reads',
    () => ({ crowdedReads: [{ what: 'the catalogue', via: 'gateway', status: 503 }] }),
  ],
  [
    'an enrollment that was refused as one too many',
    'refused-writes',
    ({ intents }) => ({
      intents: intents.filter(({ asked }) => asked.kind !== 'enroll' || asked.userId !== 'bob'),
      refused: [refusedIntent('bob', '1')],
    }),
  ],
  [
    'a refusal that does not say when to try again',
    'refused-writes',
    () => ({ refused: [refusedIntent('eve', '')] }),
  ],
  [
    'a list from the cache that is behind',
    'cached-answers',
    () => ({ ownShown: snapshotOf(usual.slice(0, 5)).ownShown }),
  ],
  [
    'a list that is refused for good',
    'cached-answers',
    ({ ownShown }) => ({ ownShown: ownShown.map((shown) => ({ ...shown, status: 503, items: [] })) }),
  ],
  [
    'a position that is not the rank',
    'cached-answers',
    ({ places }) => ({ places: [...places, { courseId: 'c1', classId: 'c1', ticket: 0, userId: 'eve' }] }),
  ],
  [
    'a catalogue with old counts',
    'cached-answers',
    () => ({ coursesShown: snapshotOf(usual.slice(0, 1)).coursesShown }),
  ],
  [
    'a seat from before the own window',
    'windows',
    ({ eligibility }) => ({
      eligibility: { ...eligibility, late: new Set(['ann']), lateOpensAt: '2027-02-01T00:00:00.000Z' },
    }),
  ],
  [
    'a seat under a hold that was acknowledged before',
    'holds',
    () => ({
      holdSpans: [{ userId: 'ann', holdId: 'hld_1', acknowledgedAt: 0, releaseBegunAt: undefined }],
    }),
  ],
  [
    'a seat without what the course requires',
    'requirements',
    ({ courses }) => ({
      courses: changed(courses, 'c1', { requirement: { course: 'C9', minGrade: 'B' } }),
    }),
  ],
  [
    'a student who was not notified of a permit',
    'inboxes',
    () => ({ granted: [{ permitId: 'pmt_1', userId: 'ann', courseId: 'c1' }] }),
  ],
  ['an event that stays in an outbox', 'quiescence', () => ({ backlog: { 'events unpublished': 1 } })],
];

describe('the invariant that is broken by', () => {
  it.each(cases)('%s is %s', (_, expected, change) => {
    const snapshot = snapshotOf(usual);
    expect(brokenBy({ ...snapshot, ...change(snapshot) })).toContain(expected);
  });

  it('something is one of each: no invariant was never seen to bite', () => {
    const bitten = new Set(cases.map(([, expected]) => expected));
    expect(invariants.map(({ name }) => name).filter((name) => !bitten.has(name))).toEqual([]);
  });
});
