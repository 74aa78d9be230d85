import { drawnId, oneOf } from '@registrar/testing/random';
import type { Fixture } from '../fixture/fixture.ts';
import type { ActionParts } from './action-parts.ts';
import type { StudentActions } from './student-actions.ts';

/** What permits are made of. */
interface PermitParts extends ActionParts {
  readonly fixture: Fixture;
  readonly students: StudentActions;
}

/** What a permit may be for beside the consent: a seat beyond what is free for the student. */
const seats = ['seat_unavailable', 'seat_reserved'] as const;

/** Registrars who grant permits, and students who use them, or try to use them twice. */
export class PermitActions {
  private readonly parts: PermitParts;

  constructor(parts: PermitParts) {
    this.parts = parts;
  }

  /** Grants a student a permit, with which the student enrolls; now and then, or `again`, twice, by a drop in between. */
  async use(userId: string, { again = false } = {}): Promise<void> {
    const { random, fixture, students, clientModel } = this.parts;
    const courses = fixture.courses.filter(({ consent }) => consent === 'instructor');
    if (courses.length === 0) return students.enroll(userId);
    const course = oneOf(random, courses);
    await this.grant(userId, course.id, again || random() < 0.5);
    if (!students.isFree(userId)) return;
    await students.enroll(userId, { course });
    const place = clientModel.placesOf(userId, 'enrolled').find(({ courseId }) => courseId === course.id);
    const isOver = !again && random() < 0.4;
    if (!place || isOver || !students.isFree(userId)) return;
    await students.sendRequest({ kind: 'drop', userId, actorId: userId, enrollmentId: place.enrollmentId });
    if (students.isFree(userId)) await students.enroll(userId, { course });
  }

  /** @param isBeyond whether the seat may be one beyond those that are free */
  private async grant(userId: string, courseId: string, isBeyond: boolean): Promise<void> {
    const { random, journal, sender, registrarId } = this.parts;
    const allows = ['permission_required' as const, ...(isBeyond ? seats : [])];
    const request = { key: drawnId(random, 'key'), params: { id: courseId } };
    const body = { userId, allows, expiresAt: null, note: '' };
    const { id } = await sender.untilDone(registrarId, (api, token) =>
      api.grantPermit({ token, ...request, body }),
    );
    journal.permits.push({ permitId: id, userId, courseId });
  }
}
