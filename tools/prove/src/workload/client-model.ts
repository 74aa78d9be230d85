import type { Course } from '@registrar/contracts-courses';
import type { Random } from '@registrar/testing/random';
import { oneOf } from '@registrar/testing/random';
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

  /** Students who have had a place. */
  get holders(): string[] {
    return [...this.places.keys()];
  }

  /** Draws a course to enroll in: every other time one of the hot ones. */
  wanted(): Course {
    const isHot = this.hot > 0 && this.random() < 0.5;
    const { courses } = this.fixture;
    return oneOf(this.random, isHot ? courses.slice(0, this.hot) : courses);
  }

  /** Draws a course whose times may change: of the last quarter, so that most schedules are judged by fixed times. */
  movable(): Course {
    const { courses } = this.fixture;
    return oneOf(this.random, courses.slice(Math.floor(courses.length * 0.75)));
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
