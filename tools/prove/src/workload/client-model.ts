import type { Course, Meeting } from '@registrar/contracts-courses';
import { meetAtOnce } from '@registrar/eligibility';
import type { Random } from '@registrar/testing/random';
import { oneOf } from '@registrar/testing/random';
import { drawMeetings, halvesOf } from '../fixture/catalogue.ts';
import type { Fixture } from '../fixture/fixture.ts';
import type { AnswerBody } from './journal.ts';

/** A place that a student has, by the answers. */
export interface Place {
  readonly enrollmentId: string;
  readonly courseId: string;
  readonly status: string;
}

/** What clients know from their answers; promotions and cancellations come without one. */
export class ClientModel {
  private readonly places = new Map<string, Map<string, Place>>();
  private readonly versions: Map<string, number>;
  private readonly ended = new Set<string>();

  private readonly fixture: Fixture;
  private readonly hot: number;
  private readonly random: Random;

  constructor(fixture: Fixture, hot: number, random: Random) {
    this.fixture = fixture;
    this.hot = hot;
    this.random = random;
    this.versions = new Map(fixture.courses.map(({ id, version }) => [id, version]));
  }

  /** Stores what an answer says of an enrollment. */
  learn({ id, userId, courseId, status }: AnswerBody): void {
    if (id === undefined || userId === undefined || courseId === undefined || status === undefined) return;
    const own = this.places.get(userId) ?? new Map<string, Place>();
    own.set(courseId, { enrollmentId: id, courseId, status });
    this.places.set(userId, own);
  }

  /** The student has given up that enrollment. */
  forget(userId: string, enrollmentId: string): void {
    for (const { courseId, enrollmentId: id } of this.places.get(userId)?.values() ?? [])
      if (id === enrollmentId) this.places.get(userId)?.delete(courseId);
  }

  /** The student's places with these statuses. */
  placesOf(userId: string, ...statuses: string[]): Place[] {
    return [...(this.places.get(userId)?.values() ?? [])].filter(({ status }) => statuses.includes(status));
  }

  private get fixedCount(): number {
    return Math.floor(this.fixture.courses.length * 0.75);
  }

  /** Students who have had a place. */
  get holders(): string[] {
    return [...this.places.keys()];
  }

  /** Students who wait for a place. */
  get waiters(): string[] {
    return this.holders.filter((userId) => this.placesOf(userId, 'waitlisted').length > 0);
  }

  /** Draws a course to enroll in: every other time one of the hot ones. */
  wanted(): Course {
    const isHot = this.hot > 0 && this.random() < 0.5;
    const { courses } = this.fixture;
    return oneOf(this.random, isHot ? courses.slice(0, this.hot) : courses);
  }

  /** Draws a course whose times may change: of the last quarter, so that most schedules are judged by fixed times. */
  movable(): Course {
    return oneOf(this.random, this.fixture.courses.slice(this.fixedCount));
  }

  /** Pairs of courses that everybody may take, but not both: they meet at the same time, and are not moved. The hot ones are full. */
  conflicting(): [Course, Course][] {
    const isForAll = ({ consent, requirement, prerequisites, linked, component }: Course) =>
      consent === 'none' &&
      !requirement &&
      prerequisites.length + linked.length === 0 &&
      component === 'lecture';
    const open = this.fixture.courses.slice(this.hot, this.fixedCount).filter(isForAll);
    return open.flatMap((one, at) =>
      open
        .slice(at + 1)
        .filter((other) => (other.crossListedOf ?? other.id) !== (one.crossListedOf ?? one.id))
        .flatMap((other): [Course, Course][] => (meetSometime(one, other) ? [[one, other]] : [])),
    );
  }

  /** Draws other times for a course. */
  times(): Meeting[] {
    return drawMeetings(this.random, halvesOf(this.fixture.semester));
  }

  /** The course whose class a course is: what most changes of a class are made at. */
  classOf(course: Course): Course {
    return this.fixture.courses.find(({ id }) => id === course.crossListedOf) ?? course;
  }

  /** The version of a course by its last answer. */
  versionOf(courseId: string): number {
    return this.versions.get(courseId) ?? 1;
  }

  /** Notes the version of a course. */
  learnVersion(courseId: string, version: number): void {
    this.versions.set(courseId, version);
  }

  /** Notes that a course was cancelled. */
  end(courseId: string): void {
    this.ended.add(courseId);
  }

  isOver(courseId: string): boolean {
    return this.ended.has(courseId);
  }

  get cancelledCount(): number {
    return this.ended.size;
  }
}

/** Whether two courses meet at the same time on some date. */
function meetSometime(one: Course, other: Course): boolean {
  return one.meetings.some((a) => other.meetings.some((b) => meetAtOnce(a, b)));
}
