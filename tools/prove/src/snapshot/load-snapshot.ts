import type { Course } from '@registrar/contracts-courses';
import { courseState } from '@registrar/contracts-courses';
import type { System } from '@registrar/stack';
import type { Journal } from '../workload/journal.ts';
import { creditLimit } from '../fixture/catalogue.ts';
import type { Fixture } from '../fixture/fixture.ts';
import { factsOf } from './facts.ts';
import { readTopics } from './read-topics.ts';
import {
  readCourses,
  readEnrollments,
  readNotices,
  readOfferings,
  readPermits,
  readPlaces,
  readSeats,
  readStudents,
} from './read-tables.ts';
import type { Stores } from './stores.ts';
import type { CourseShown, Backlog, Mail, OwnShown, Snapshot } from './snapshot.ts';

/** Where a snapshot is read from. */
export interface SnapshotSources {
  readonly system: System;
  readonly stores: Stores;
  readonly fixture: Fixture;
  readonly journal: Journal;
  readonly mails: readonly Mail[];
  readonly backlog: Backlog;
  readonly ownShown: readonly OwnShown[];
  readonly coursesShown: readonly CourseShown[];
  readonly lateOpensAt: string;
}

/** Reads everything that the invariants check: tables by Query and BatchGet alone, topics from offset 0. */
export async function loadSnapshot(sources: SnapshotSources): Promise<Snapshot> {
  const { system, stores, fixture, journal } = sources;
  const { enrollments, courses, notifications } = stores;
  const courseIds = fixture.courses.map(({ id }) => id);
  const studentIds = fixture.students.map(({ id }) => id);
  const copies = await readTopics(system);
  const names = Object.keys(courseState.shape);
  const states = await readCourses(courses, courseIds, names);
  const seats = await readSeats(enrollments, courseIds);
  const offerings = await readOfferings(enrollments, courseIds);
  const rows = await readEnrollments(enrollments, courseIds);
  const students = await readStudents(enrollments, studentIds, semesterOf(fixture.courses));
  const facts = factsOf(copies);
  const concerned = new Set([...facts.values()].flat().map(({ data }) => data.enrollment.userId));
  for (const { userId } of [...journal.holds, ...journal.permits]) concerned.add(userId);
  return {
    readAt: new Date().toISOString(),
    creditLimit,
    courses: by(states, ({ id }) => id),
    seats: by(seats, ({ courseId }) => courseId),
    offerings: by(offerings, ({ courseId }) => courseId),
    enrollments: by(rows, ({ id }) => id),
    places: await readPlaces(enrollments, courseIds),
    students: by(students, ({ userId }) => userId),
    copies,
    facts,
    notices: await readNotices(notifications, [...concerned]),
    mails: sources.mails,
    mailOf: new Map(fixture.students.map(({ id, email }) => [id, email])),
    intents: journal.intents,
    looks: journal.looks,
    refused: journal.refused,
    holdSpans: journal.holds,
    permits: await readPermits(enrollments, courseIds),
    granted: journal.permits,
    revoked: journal.revoked,
    eligibility: { ...fixture.eligibility, lateOpensAt: sources.lateOpensAt },
    crowdedReads: journal.crowdedReads,
    ownShown: sources.ownShown,
    coursesShown: sources.coursesShown,
    backlog: sources.backlog,
  };
}

function semesterOf([first]: readonly Course[]): string {
  return first?.semesterId ?? '';
}

function by<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}
