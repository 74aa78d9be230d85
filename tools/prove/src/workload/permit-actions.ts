import type { Course } from '@registrar/contracts-courses';
import { drawnId, oneOf } from '@registrar/testing/random';
import type { Fixture } from '../fixture/fixture.ts';
import type { ActionParts } from './action-parts.ts';
import type { Granted } from './journal.ts';
import type { StudentActions } from './student-actions.ts';

/** What permits are made of. */
interface PermitParts extends ActionParts {
  readonly fixture: Fixture;
  readonly students: StudentActions;
}

/** What a permit may be for beside the consent: a seat beyond what is free for the student. */
const seats = ['seat_unavailable', 'seat_reserved'] as const;

/** Registrars who grant permits and revoke them, and students who use them, or try to use them twice or too late. */
export class PermitActions {
  private readonly parts: PermitParts;

  constructor(parts: PermitParts) {
    this.parts = parts;
  }

  /** Grants a student a permit, with which the student enrolls; now and then, or `again`, twice, by a drop in between. */
  async use(userId: string, { again = false } = {}): Promise<void> {
    const { random, students, clientModel } = this.parts;
    const course = this.draw();
    if (!course) return students.enroll(userId);
    await this.grant(userId, course.id, again || random() < 0.5);
    if (!students.isFree(userId)) return;
    await students.enroll(userId, { course });
    const place = clientModel.placesOf(userId, 'enrolled').find(({ courseId }) => courseId === course.id);
    const isOver = !again && random() < 0.4;
    if (!place || isOver || !students.isFree(userId)) return;
    await students.sendRequest({ kind: 'drop', userId, actorId: userId, enrollmentId: place.enrollmentId });
    if (students.isFree(userId)) await students.enroll(userId, { course });
  }

  /** Grants a permit and revokes it: before the student enrolls with it, at the same moment, or where it was used to wait. */
  async revoke(userId: string): Promise<void> {
    const { random, students } = this.parts;
    const course = this.draw();
    if (!course) return students.enroll(userId);
    const permit = await this.grant(userId, course.id, random() < 0.5);
    const draw = random();
    const enroll = async () => void (students.isFree(userId) && (await students.enroll(userId, { course })));
    if (draw < 0.3) await enroll();
    if (draw < 0.7) await Promise.all([this.revokeOne(permit), enroll()]);
    else await this.revokeOne(permit);
    await enroll();
  }

  /** A course that needs a permit; undefined where there is none. */
  private draw(): Course | undefined {
    const courses = this.parts.fixture.courses.filter(({ consent }) => consent === 'instructor');
    return courses.length === 0 ? undefined : oneOf(this.parts.random, courses);
  }

  private async revokeOne(permit: Granted): Promise<void> {
    const { journal, sender, registrarId } = this.parts;
    const params = { id: permit.courseId, permitId: permit.permitId };
    await sender.untilDone(registrarId, (api, token) => api.revokePermit({ token, params }));
    journal.revoked.push({ ...permit, acknowledgedAt: Date.now() });
  }

  /** @param isBeyond whether the seat may be one beyond those that are free */
  private async grant(userId: string, courseId: string, isBeyond: boolean): Promise<Granted> {
    const { random, journal, sender, registrarId } = this.parts;
    const allows = ['permission_required' as const, ...(isBeyond ? seats : [])];
    const request = { key: drawnId(random, 'key'), params: { id: courseId } };
    const body = { userId, allows, expiresAt: null, note: '' };
    const { id } = await sender.untilDone(registrarId, (api, token) =>
      api.grantPermit({ token, ...request, body }),
    );
    const permit = { permitId: id, userId, courseId };
    journal.permits.push(permit);
    return permit;
  }
}
