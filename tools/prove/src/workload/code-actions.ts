import { oneOf } from '@registrar/testing/random';
import type { Course } from '@registrar/contracts-courses';
import type { CrossList } from '../fixture/cross-lists.ts';
import type { Fixture } from '../fixture/fixture.ts';
import type { ActionParts } from './action-parts.ts';
import type { Place } from './client-model.ts';
import type { StudentActions } from './student-actions.ts';

/** What these actions are made of. */
interface CodeParts extends Pick<ActionParts, 'random' | 'clientModel'> {
  readonly fixture: Pick<Fixture, 'crossLists'>;
  readonly students: StudentActions;
}

/** What students do with classes that are taken under several codes. */
export class CodeActions {
  private readonly parts: CodeParts;

  constructor(parts: CodeParts) {
    this.parts = parts;
  }

  /** Takes a class under one of its codes, or asks for two of them; who has a place changes its code, or gives it up. */
  async takeClass(userId: string): Promise<void> {
    const { random, fixture, clientModel, students } = this.parts;
    if (fixture.crossLists.length === 0) return students.enroll(userId);
    const crossList = oneOf(random, fixture.crossLists);
    const courses = coursesOf(crossList);
    const ids = new Set(courses.map(({ id }) => id));
    const own = clientModel
      .placesOf(userId, 'enrolled', 'waitlisted')
      .find(({ courseId }) => ids.has(courseId));
    if (own) return this.changeCode(userId, own, courses);
    if (random() < 0.8)
      return students.enroll(userId, { course: oneOf(random, courses), duplicates: random() < 0.3 });
    const add = courses.slice(0, 2).map(({ id: courseId }) => ({ courseId, joinWaitlist: true }));
    const mode = random() < 0.5 ? 'all' : 'each';
    await students.sendRequest({ kind: 'changes', userId, actorId: userId, add, drop: [], mode });
  }

  /** Draws a course of such a class; any at all where there is none. */
  drawCourse(): Course | undefined {
    const { random, fixture } = this.parts;
    const all = fixture.crossLists.flatMap(coursesOf);
    return all.length === 0 ? undefined : oneOf(random, all);
  }

  private async changeCode(userId: string, own: Place, courses: readonly Course[]): Promise<void> {
    const { random, students } = this.parts;
    const { enrollmentId, courseId } = own;
    const addCourseId = oneOf(
      random,
      courses.filter(({ id }) => id !== courseId),
    ).id;
    const asked = { userId, actorId: userId } as const;
    const draw = random();
    if (draw < 0.35) return students.sendRequest({ ...asked, kind: 'drop', enrollmentId });
    if (draw < 0.65)
      return students.sendRequest({ ...asked, kind: 'swap', dropEnrollmentId: enrollmentId, addCourseId });
    const place = { courseId: addCourseId, joinWaitlist: true, override: [] };
    const exchange = draw < 0.9 && own.status === 'enrolled' ? { dropOnPromotion: enrollmentId } : {};
    return students.sendRequest({ ...asked, kind: 'enroll', ...place, ...exchange });
  }
}

const coursesOf = ({ ofClass, codes }: CrossList) => [ofClass, ...codes];
