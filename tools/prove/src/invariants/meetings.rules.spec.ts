import { describe, expect, it } from 'vitest';
import type { CourseEventData } from '@registrar/contracts-courses';
import type { CourseState } from '@registrar/contracts-courses';
import { factsOf } from '../snapshot/facts.ts';
import type { TopicCopy, Snapshot } from '../snapshot/snapshot.ts';
import { copyOf, snapshotOf } from '../testing/snapshots.ts';
import { freeSeats } from './free-seats.rules.ts';
import { meet, Timetable } from './meetings.rules.ts';
import { schedules } from './schedules.rules.ts';

const on = (day: 'mon' | 'tue', start: string, end: string) => [{ day, start, end, room: 'A' }];
const monday = on('mon', '09:00', '10:00');
const tuesday = on('tue', '09:00', '10:00');
/** In the steps of a snapshot each change comes a second after the one before, from noon on. */
const noon = Date.parse('2027-01-15T12:00:00.000Z');
const second = 1_000;

/** The snapshot with `courseId` at these times, each from its moment on. */
function withTimes(
  snapshot: Snapshot,
  courseId: string,
  states: readonly [meetings: CourseState['meetings'], from: number][],
): Snapshot {
  const index = snapshot.copies.findIndex(({ id }) => id === `evt_${courseId}`);
  const copies: TopicCopy[] = states.map(([meetings, from], at) => {
    const { course, actorId } = snapshot.copies[index]?.data as CourseEventData;
    const updatedAt = new Date(from).toISOString();
    const data = { course: { ...course, meetings, version: at + 1, updatedAt }, actorId };
    return copyOf(snapshot, index, { id: `evt_${courseId}_${at}`, data });
  });
  const all = [...snapshot.copies.filter((_, at) => at !== index), ...copies];
  return { ...snapshot, copies: all, facts: factsOf(all) };
}

describe('two courses', () => {
  it('meet where day and hours overlap, not where they touch', () => {
    expect(meet(monday, on('mon', '09:30', '11:00'))).toBe(true);
    expect(meet(monday, on('mon', '10:00', '11:00'))).toBe(false);
    expect(meet(monday, tuesday)).toBe(false);
  });

  it('meet only where their dates share such a day', () => {
    const on = ([startsOn, endsOn]: [(string | undefined)?, string?]) => [
      { day: 'mon', start: '09:00', end: '10:00', startsOn, endsOn },
    ];
    const meetOn = (one: [(string | undefined)?, string?], other: [(string | undefined)?, string?]) =>
      meet(on(one), on(other));
    expect(meetOn([undefined, '2027-03-07'], ['2027-03-08'])).toBe(false);
    expect(meetOn([undefined, '2027-03-08'], ['2027-03-08'])).toBe(true);
    expect(meetOn(['2027-03-08', '2027-03-12'], ['2027-03-09', '2027-03-20'])).toBe(false);
    expect(meetOn(['2027-03-08', '2027-03-15'], ['2027-03-09', '2027-03-20'])).toBe(true);
    expect(meetOn([], ['2027-03-09', '2027-03-20'])).toBe(true);
  });
});

describe('a timetable', () => {
  it('knows which times a decision may have gone by around a change', () => {
    const snapshot = withTimes(snapshotOf([]), 'c1', [
      [monday, noon],
      [tuesday, noon + 600 * second],
    ]);
    const timetable = new Timetable(snapshot.copies);
    expect(timetable.wasMoved('c1')).toBe(true);
    expect(timetable.around('c1', noon + 300 * second)).toEqual([monday]);
    expect(timetable.around('c1', noon + 610 * second)).toEqual([monday, tuesday]);
    expect(timetable.around('c1', noon + 700 * second)).toEqual([tuesday]);
  });
});

/** Ann is in c1, then takes c2, whose times are Monday's. */
function annInBoth(times: readonly [meetings: CourseState['meetings'], from: number][]): Snapshot {
  const snapshot = snapshotOf([
    { change: 'enrolled', user: 'ann' },
    { change: 'enrolled', user: 'ann', course: 'c2', data: { course: { section: '1', meetings: monday } } },
  ]);
  return withTimes(snapshot, 'c1', times);
}

describe('a seat taken in a course that was moved', () => {
  it('is judged by the times that held, not by those of the first event', () => {
    const before = noon - 3_600 * second;
    const wrong = annInBoth([
      [tuesday, before],
      [monday, before + 60 * second],
    ]);
    expect(schedules.check(wrong).violations).toHaveLength(1);
  });

  it('may meet what was moved onto it at that moment', () => {
    const right = annInBoth([
      [tuesday, noon - 3_600 * second],
      [monday, noon + 2 * second],
    ]);
    expect(schedules.check(right).violations).toEqual([]);
  });
});

describe('two seats that meet at the end', () => {
  const longAgo = noon - 3_600 * second;
  const atEnd = (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    offerings: new Map(
      [...snapshot.offerings].map(([id, offering]) => [id, { ...offering, meetings: monday }]),
    ),
  });
  /** What was known when the seats were taken did not meet. */
  const both = (times: readonly [meetings: CourseState['meetings'], from: number][]) =>
    atEnd(
      withTimes(
        snapshotOf([
          { change: 'enrolled', user: 'ann' },
          { change: 'enrolled', user: 'ann', course: 'c2' },
        ]),
        'c1',
        times,
      ),
    );

  it('are a violation where the course was moved long before they were taken', () => {
    const moved = both([
      [tuesday, longAgo - 3_600 * second],
      [monday, longAgo],
    ]);
    expect(schedules.check(moved).violations).toHaveLength(1);
  });

  it('are all right where it was moved afterwards', () => {
    const moved = both([
      [tuesday, longAgo],
      [monday, noon + 600 * second],
    ]);
    expect(schedules.check(moved).violations).toEqual([]);
  });
});

describe('a place kept beside a free seat', () => {
  /** Cid waits for c1, where ann gave a seat back, and sits in c2. */
  const waiting = snapshotOf([
    { change: 'enrolled', user: 'ann' },
    { change: 'enrolled', user: 'bob' },
    { change: 'waitlisted', user: 'cid' },
    { change: 'enrolled', user: 'cid', course: 'c2' },
    { change: 'dropped', user: 'ann' },
  ]);
  const meetingOn = (meetings: CourseState['meetings']): Snapshot => ({
    ...waiting,
    courses: new Map([...waiting.courses].map(([id, course]) => [id, { ...course, meetings: monday }])),
    offerings: new Map([...waiting.offerings].map(([id, offering]) => [id, { ...offering, meetings }])),
  });

  it.each<[string, Snapshot]>([
    ['a conflict of times', meetingOn(monday)],
    ['the credit limit', { ...waiting, creditLimit: 5 }],
    [
      'a prerequisite',
      {
        ...waiting,
        courses: new Map(
          [...waiting.courses].map(([id, course]) => [id, { ...course, prerequisites: ['X 1'] }]),
        ),
      },
    ],
    ['a closed course', { ...waiting, courses: closed(waiting) }],
  ])('is all right for %s', (_, snapshot) => {
    expect(freeSeats.check(snapshot).violations).toEqual([]);
  });

  it('is a violation without any', () => {
    expect(freeSeats.check(meetingOn(tuesday)).violations).toMatchObject([{ courseId: 'c1' }]);
  });
});

function closed({ courses }: Snapshot): Snapshot['courses'] {
  return new Map([...courses].map(([id, course]) => [id, { ...course, status: 'closed' }]));
}
