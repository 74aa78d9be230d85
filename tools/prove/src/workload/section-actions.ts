import { below, oneOf, shuffled } from '@registrar/testing/random';
import type { Bundle } from '../fixture/bundles.ts';
import type { Fixture } from '../fixture/fixture.ts';
import type { ActionParts } from './action-parts.ts';
import type { Place } from './client-model.ts';
import { drawCredits } from './student-actions.ts';
import type { StudentActions } from './student-actions.ts';

/** What these actions are made of. */
interface SectionParts extends ActionParts {
  readonly fixture: Fixture;
  readonly students: StudentActions;
}

/** What students do with sections that belong together, and with several places at once. */
export class SectionActions {
  private readonly parts: SectionParts;

  constructor(parts: SectionParts) {
    this.parts = parts;
  }

  /** Takes a lecture with a section of each of its lists, or waits for all of it; who has a lecture takes the other one too, or changes. */
  async takeBundle(userId: string): Promise<void> {
    const { random, fixture, students } = this.parts;
    if (fixture.bundles.length === 0) return students.enroll(userId);
    const bundle = oneOf(random, fixture.bundles);
    const held = this.heldOf(userId, bundle);
    if (held.size > 0 && random() < 0.5) return this.changeSection(userId);
    const lecture = oneOf(random, bundle.lectures).id;
    const missing = bundle.lists.filter((list) => !list.some((id) => held.has(id)));
    const joinWaitlist = random() < 0.7;
    const add = [lecture, ...missing.map((list) => oneOf(random, list))].map((courseId) => {
      return { courseId, joinWaitlist };
    });
    await students.sendRequest({ kind: 'changes', userId, actorId: userId, add, drop: [], mode: 'all' });
  }

  /** Changes from a linked section to another of its list: at once, or as soon as there is a seat. */
  async changeSection(userId: string): Promise<void> {
    const { random, fixture, students } = this.parts;
    const moves = fixture.bundles.flatMap((bundle) => {
      const held = this.heldOf(userId, bundle);
      return bundle.lists.flatMap((list) => {
        const own = list.flatMap((id) => held.get(id) ?? [])[0];
        const others = list.filter((id) => id !== own?.courseId);
        return own && others.length > 0 ? [{ own, to: oneOf(random, others) }] : [];
      });
    });
    if (moves.length === 0) return students.enroll(userId);
    const { own, to } = oneOf(random, moves);
    const request = { kind: 'changes', userId, actorId: userId, mode: 'all' } as const;
    const waits = { courseId: to, joinWaitlist: true, dropOnPromotion: own.enrollmentId };
    if (random() < 0.5) await students.sendRequest({ ...request, add: [waits], drop: [] });
    else
      await students.sendRequest({
        ...request,
        add: [{ courseId: to, joinWaitlist: false }],
        drop: [own.enrollmentId],
      });
  }

  /** Takes some courses and gives a place up, by one request. */
  async several(userId: string): Promise<void> {
    const { random, clientModel, students } = this.parts;
    const wanted = Array.from({ length: 1 + below(random, 3) }, () => clientModel.wanted());
    const places = clientModel.placesOf(userId, 'enrolled', 'waitlisted');
    const dropped = shuffled(random, places).slice(0, below(random, 2));
    const courses = [...new Set(wanted)].filter(({ id }) => dropped.every(({ courseId }) => courseId !== id));
    const drop = dropped.map(({ enrollmentId }) => enrollmentId);
    const add = courses.map((course) => {
      return { courseId: course.id, joinWaitlist: random() < 0.6, credits: drawCredits(random, course) };
    });
    if (add.length + drop.length === 0) return students.enroll(userId);
    const mode = random() < 0.5 ? 'all' : 'each';
    await students.sendRequest({ kind: 'changes', userId, actorId: userId, add, drop, mode });
  }

  /** Asks for two courses that meet at the same time, one of which is refused. */
  async askForBoth(userId: string): Promise<void> {
    const { random, clientModel, students } = this.parts;
    const pairs = clientModel.conflicting();
    if (pairs.length === 0) return students.enroll(userId);
    const add = oneOf(random, pairs).map(({ id: courseId }) => ({ courseId, joinWaitlist: false }));
    await students.sendRequest({ kind: 'changes', userId, actorId: userId, add, drop: [], mode: 'each' });
  }

  /** Waits for a course and keeps a seat until then; without a seat, enrolls. */
  async exchangeLater(userId: string): Promise<void> {
    const { random, clientModel, students } = this.parts;
    const places = clientModel.placesOf(userId, 'enrolled');
    const { id: courseId } = clientModel.wanted();
    const others = places.filter((place) => place.courseId !== courseId);
    if (others.length === 0) return students.enroll(userId);
    const { enrollmentId: dropOnPromotion } = oneOf(random, others);
    const place = { courseId, joinWaitlist: true, dropOnPromotion };
    await students.sendRequest({ kind: 'enroll', userId, actorId: userId, ...place, override: [] });
  }

  /** Says what else is given up when a waiting place becomes a seat, or nothing; without a waiting place, takes one like that. */
  async amend(userId: string): Promise<void> {
    const { random, clientModel, students } = this.parts;
    const waiting = clientModel.placesOf(userId, 'waitlisted');
    if (waiting.length === 0) return this.exchangeLater(userId);
    const { enrollmentId } = oneOf(random, waiting);
    const seats = clientModel.placesOf(userId, 'enrolled');
    const isNone = seats.length === 0 || random() < 0.3;
    const dropOnPromotion = isNone ? null : oneOf(random, seats).enrollmentId;
    await students.sendRequest({ kind: 'amend', userId, actorId: userId, enrollmentId, dropOnPromotion });
  }

  /** Takes other credits of a course where they are variable; without such a seat, enrolls in one. */
  async credits(userId: string): Promise<void> {
    const { random, fixture, clientModel, students } = this.parts;
    const variable = fixture.courses.filter(({ minCredits }) => minCredits !== null);
    if (variable.length === 0) return students.enroll(userId);
    const ids = new Map(variable.map((course) => [course.id, course]));
    const place = clientModel.placesOf(userId, 'enrolled').find(({ courseId }) => ids.has(courseId));
    const course = ids.get(place?.courseId ?? '');
    if (!place || !course) return students.enroll(userId, { course: oneOf(random, variable) });
    const credits = drawCredits(random, course) ?? course.credits;
    await students.sendRequest({
      kind: 'credits',
      userId,
      actorId: userId,
      enrollmentId: place.enrollmentId,
      credits,
    });
  }

  /** The student's seats in a bundle, by course id, as far as the answers say. */
  private heldOf(userId: string, { lectures, lists }: Bundle): Map<string, Place> {
    const ids = new Set([...lectures.map(({ id }) => id), ...lists.flat()]);
    const places = this.parts.clientModel.placesOf(userId, 'enrolled');
    return new Map(places.flatMap((place) => (ids.has(place.courseId) ? [[place.courseId, place]] : [])));
  }
}
