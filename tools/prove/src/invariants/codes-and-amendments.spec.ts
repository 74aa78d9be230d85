import { describe, expect, it } from 'vitest';
import { attempt, intent, snapshotOf } from '../testing/snapshots.ts';
import type { Step } from '../testing/snapshots.ts';
import type { EnrollmentRow, SeatsRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Intent } from '../workload/journal.ts';
import { invariants } from './invariants.ts';

/** `c2` is another code for the class `c1`, which has two seats. */
const codes = { c2: 'c1' };

/** Names of the invariants that a snapshot breaks. */
const brokenBy = (snapshot: Snapshot) =>
  invariants.filter(({ check }) => check(snapshot).violations.length > 0).map(({ name }) => name);

/** Two are in the class, under a code each, and one waits under the second. */
const full: readonly Step[] = [
  { change: 'enrolled', user: 'ann' },
  { change: 'enrolled', user: 'bob', course: 'c2' },
  { change: 'waitlisted', user: 'cid', course: 'c2' },
];

/** The snapshot in which the code may have one seat alone: then it shows its own students. */
function withFewSeats(snapshot: Snapshot): Snapshot {
  const few = ({ c2 }: SeatsRow['codes']) => (c2 ? { c2: { ...c2, capacity: 1 } } : {});
  const course = { ...snapshot.courses.get('c2'), capacity: 1 };
  return {
    ...snapshot,
    courses: new Map(
      [...snapshot.courses].map(([id, each]) => [id, id === 'c2' ? { ...each, capacity: 1 } : each]),
    ),
    copies: snapshot.copies.map((copy) =>
      copy.key === 'c2' ? { ...copy, data: { course, actorId: 'registrar' } } : copy,
    ),
    seats: new Map([...snapshot.seats].map(([id, row]) => [id, { ...row, codes: few(row.codes) }])),
    facts: new Map(
      [...snapshot.facts].map(([id, own]) => [
        id,
        own.map((fact) => {
          const c2 = fact.data.counts.codes?.['c2'];
          const counts = { ...fact.data.counts, ...(c2 && { codes: { c2: { ...c2, capacity: 1 } } }) };
          return { ...fact, data: { ...fact.data, counts } };
        }),
      ]),
    ),
    coursesShown: snapshot.coursesShown.map((shown) =>
      shown.courseId === 'c2'
        ? { ...shown, capacity: 1, enrolledCount: snapshot.seats.get('c1')?.codes['c2']?.enrolledCount ?? 0 }
        : shown,
    ),
  };
}

describe('a class under two codes in which all went well', () => {
  it('has one capacity, one waitlist and one topic key', () => {
    const steps: Step[] = [
      ...full,
      { change: 'dropped', user: 'ann' },
      { change: 'promoted', user: 'cid', course: 'c2' },
    ];
    const snapshot = snapshotOf(steps, codes);
    expect(brokenBy(snapshot)).toEqual([]);
    expect(snapshot.seats.get('c1')).toMatchObject({ enrolledCount: 2, codes: { c2: { enrolledCount: 2 } } });
  });

  it('lets a student change from code to code beside one who waits: it is the own seat', () => {
    const snapshot = snapshotOf(
      [
        ...full,
        { change: 'dropped', user: 'ann' },
        { change: 'enrolled', user: 'ann', course: 'c2', together: true },
      ],
      codes,
    );
    expect(brokenBy(snapshot)).toEqual([]);
  });

  it('lets a seat pass by who waits under a code that has none left, without a word', () => {
    const steps: Step[] = [...full, { change: 'dropped', user: 'ann' }, { change: 'enrolled', user: 'dan' }];
    expect(brokenBy(withFewSeats(snapshotOf(steps, codes)))).toEqual([]);
    expect(brokenBy(snapshotOf(steps, codes))).toEqual(['waitlist-order']);
  });
});

describe('what is wrong with a class under two codes', () => {
  const cases: [string, string[], Snapshot][] = [
    [
      'more students than seats, under both together',
      ['capacity'],
      snapshotOf([...full.slice(0, 2), { change: 'enrolled', user: 'eve' }], codes),
    ],
    [
      'more students under a code than that may have',
      ['capacity'],
      withFewSeats(
        snapshotOf(
          [
            { change: 'enrolled', user: 'ann', course: 'c2' },
            { change: 'enrolled', user: 'bob', course: 'c2' },
          ],
          codes,
        ),
      ),
    ],
    [
      'a student under both codes',
      ['schedules'],
      snapshotOf(
        [
          { change: 'enrolled', user: 'ann' },
          { change: 'enrolled', user: 'ann', course: 'c2' },
        ],
        codes,
      ),
    ],
    [
      'a free seat beside one who waits under the other code',
      ['free-seats'],
      snapshotOf([...full, { change: 'dropped', user: 'ann' }], codes),
    ],
    [
      'a student who is let in under the other code while the class is closed',
      ['closed-courses'],
      closed(snapshotOf([{ change: 'enrolled', user: 'bob', course: 'c2' }], codes)),
    ],
    ['an event with another capacity', ['cross-lists'], withCapacity(snapshotOf(full.slice(0, 1), codes), 9)],
    [
      'a code that shows other counts',
      ['cross-lists', 'cached-answers'],
      shownEmpty(snapshotOf(full, codes)),
    ],
  ];

  it.each(cases)('%s breaks %j', (_, expected, snapshot) => {
    expect(brokenBy(snapshot)).toEqual(expected);
  });
});

function closed(snapshot: Snapshot): Snapshot {
  const asked = {
    kind: 'change',
    actorId: 'registrar',
    courseId: 'c1',
    change: { status: 'closed' },
  } as const;
  const answered = attempt(200, { version: 1 }, { at: Date.parse('2027-01-15T11:00:00.000Z') });
  return { ...snapshot, intents: [...snapshot.intents, intent(asked, [answered], 99)] };
}

function withCapacity(snapshot: Snapshot, capacity: number): Snapshot {
  const facts = [...snapshot.facts].map(([id, own]) => {
    const changed = own.map((fact) => {
      return { ...fact, data: { ...fact.data, counts: { ...fact.data.counts, capacity } } };
    });
    return [id, changed] as const;
  });
  return { ...snapshot, facts: new Map(facts) };
}

function shownEmpty(snapshot: Snapshot): Snapshot {
  const coursesShown = snapshot.coursesShown.map((shown) =>
    shown.courseId === 'c2' ? { ...shown, enrolledCount: 0 } : shown,
  );
  return { ...snapshot, coursesShown };
}

describe('a waiting place of which its student says what is given up for it', () => {
  const at = '2027-01-15T12:30:00.000Z';
  const waits: readonly Step[] = [
    { change: 'enrolled', user: 'ann' },
    { change: 'enrolled', user: 'bob', course: 'c2' },
    { change: 'enrolled', user: 'cid', course: 'c2' },
    { change: 'waitlisted', user: 'ann', course: 'c2' },
  ];
  const id = 'enr_c2_ann';

  /** The request of that change, with its answer. */
  const request = (status = 200, version = 2): Intent =>
    intent(
      { kind: 'amend', userId: 'ann', actorId: 'ann', enrollmentId: id, dropOnPromotion: 'enr_c1_ann' },
      [attempt(status, { id, version, status: 'waitlisted' }, { at: Date.parse(at) - 5 })],
      99,
    );

  /** The snapshot after that change: in history and versions, and on no topic. */
  function amended(intents: readonly Intent[]): Snapshot {
    const snapshot = snapshotOf(waits);
    const row = snapshot.enrollments.get(id);
    const student = snapshot.students.get('ann');
    if (!row || !student) throw new RangeError('Nobody waits.');
    const by = {
      actorId: 'ann',
      actorRole: 'student',
      reason: 'drops_on_promotion',
      override: [],
      permitId: null,
    };
    const history = [...row.history, { at, action: 'amended', status: 'waitlisted' as const, ...by }];
    const now: EnrollmentRow = { ...row, version: 2, dropOnPromotion: 'enr_c1_ann', history };
    const entries = student.entries.map((each) =>
      each.enrollmentId === id ? { ...each, version: 2 } : each,
    );
    const own = snapshot.ownShown.map((shown) => ({
      ...shown,
      items: shown.items.map((item) => (item.id === id ? { ...item, version: 2 } : item)),
    }));
    return {
      ...snapshot,
      enrollments: new Map(snapshot.enrollments).set(id, now),
      students: new Map(snapshot.students).set('ann', { ...student, version: student.version + 1, entries }),
      ownShown: own,
      intents: [...snapshot.intents, ...intents],
    };
  }

  it('breaks nothing', () => expect(brokenBy(amended([request()]))).toEqual([]));

  it('is wrong where nobody asked for it, or it was refused', () => {
    expect(brokenBy(amended([]))).toEqual(['nothing-else']);
    expect(brokenBy(amended([request(409)]))).toEqual(['nothing-else']);
  });

  it('is wrong where it was answered and is not there', () => {
    const snapshot = snapshotOf(waits);
    expect(brokenBy({ ...snapshot, intents: [...snapshot.intents, request()] })).toEqual(['acknowledged']);
  });

  it('raises the version of the semester once', () => {
    const snapshot = amended([request()]);
    const student = snapshot.students.get('ann');
    if (!student) throw new RangeError('Nobody waits.');
    const students = new Map(snapshot.students).set('ann', { ...student, version: student.version + 1 });
    expect(brokenBy({ ...snapshot, students })).toEqual(['sequences']);
  });
});
