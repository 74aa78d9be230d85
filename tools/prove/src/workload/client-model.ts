import type { Course } from '@registrar/contracts-courses';
import type { Random } from '@registrar/testing/random';
import { oneOf } from '@registrar/testing/random';
import type { Fixture } from '../fixture/fixture.ts';
import type { AnswerBody } from './journal.ts';

/** A place that a student has, as far as the answers told. */
export interface Place {
  readonly enrollmentId: string;
  readonly courseId: string;
  readonly status: string;
}

/** What the actors believe: promotions and cancellations happen behind their back, as behind any client's. */
export class ClientModel {
  private readonly places = new Map<string, Map<string, Place>>();
  private readonly versions: Map<string, number>;
  private readonly ended = new Set<string>();

  private readonly fixture: Fixture;
  private readonly hot: number;

  constructor(fixture: Fixture, hot: number) {
    this.fixture = fixture;
    this.hot = hot;
    this.versions = new Map(fixture.courses.map(({ id, version }) => [id, version]));
  }

  /** Takes over what an answer says of an enrollment. */
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

  /** Places that a student has now, of the kinds that are asked for. */
  placesOf(userId: string, ...statuses: string[]): Place[] {
    return [...(this.places.get(userId)?.values() ?? [])].filter(({ status }) => statuses.includes(status));
  }

  /** Students who have anything. */
  get holders(): string[] {
    return [...this.places.keys()];
  }

  /** A course that somebody wants: every other time one of the hot ones. */
  wanted(random: Random): Course {
    const isHot = this.hot > 0 && random() < 0.5;
    const { courses } = this.fixture;
    return oneOf(random, isHot ? courses.slice(0, this.hot) : courses);
  }

  /** A course whose times may change: one of the last quarter, so that most schedules are judged by fixed times. */
  movable(random: Random): Course {
    const { courses } = this.fixture;
    return oneOf(random, courses.slice(Math.floor(courses.length * 0.75)));
  }

  /** The version of a course that its last answer told. */
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
