import type { CourseState } from '@registrar/contracts-courses';
import { classOf, codeChanges } from '../snapshot/classes.ts';
import { inSequence, takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { Links } from './links.rules.ts';
import { isFor } from './reservations.rules.ts';
import { SetAside } from './set-aside.rules.ts';

/**
 * No student took a seat before one who waited longer, could take it and had not been passed over. A waiting student
 * could take a general seat, and one of a reservation that matches, unless the code under which it waits has none left.
 * Who changes from one code of a class to another keeps the own seat. Where sections are taken together a seat passes by
 * without a word when another part is full: those courses are left to `free-seats`.
 */
export const waitlistOrder = invariant(
  'waitlist-order',
  'no student, newcomers included, got a seat before one who waited longer, could take it and was not passed over',
  checkOrder,
);

/** A waiting place. */
interface Waiting {
  readonly userId: string;
  readonly courseId: string;
  passedOver: boolean;
}

/** A class, and what is known of its students. */
interface Terms {
  readonly courseId: string;
  readonly courses: Snapshot['courses'];
  readonly reservations: CourseState['reservations'];
  readonly eligibility: Snapshot['eligibility'];
  /** Whether the course is taken with others. */
  readonly isLinked: boolean;
}

type Waitlist = ReadonlyMap<string, Waiting>;

function checkOrder(snapshot: Snapshot, verdict: Verdict): void {
  const { facts, courses, eligibility } = snapshot;
  const [links, setAside] = [new Links(courses), new SetAside(snapshot)];
  const isNewcomer = (fact: Fact) =>
    takesSeat(fact) && fact.data.override.length === 0 && !setAside.isBeyondFree(fact);
  for (const [courseId, ofCourse] of facts) {
    const { reservations = [] } = courses.get(courseId) ?? {};
    const terms = { courseId, courses, reservations, eligibility, isLinked: links.concern(courseId) };
    const kept = codeChanges(ofCourse);
    /** By enrollment, in order. */
    const waiting = new Map<string, Waiting>();
    for (const fact of inSequence(ofCourse)) {
      if (fact.change === 'promoted') expectTurn(fact, waiting, terms, verdict);
      else if (isNewcomer(fact) && !kept.has(fact.id)) expectNobodyUnasked(fact, waiting, terms, verdict);
      follow(fact, waiting);
    }
  }
}

function follow({ change, data: { enrollment } }: Fact, waiting: Map<string, Waiting>): void {
  const { id, userId, courseId, status } = enrollment;
  const place = waiting.get(id);
  if (change === 'passed-over' && place) place.passedOver = true;
  else if (status !== 'waitlisted') waiting.delete(id);
  else if (!place) waiting.set(id, { userId, courseId, passedOver: false });
}

/** Whether the seat that another one took could have gone to this place. */
function couldTake({ userId, courseId, passedOver }: Waiting, { data }: Fact, terms: Terms): boolean {
  if (passedOver || terms.isLinked || isCodeFull(courseId, data, terms)) return false;
  const { reservation = null } = data.enrollment;
  if (reservation === null) return true;
  const match = terms.reservations.find(({ name }) => name === reservation)?.match;
  return match !== undefined && isFor(terms.eligibility, userId)(match);
}

/** Whether nothing is left under the code that a place waits with, or it is cancelled: a seat under another one passes it by without a word. */
function isCodeFull(courseId: string, { enrollment, counts }: Fact['data'], { courses }: Terms): boolean {
  if (classOf(courses, courseId) === courseId) return false;
  if (courses.get(courseId)?.status === 'cancelled') return true;
  const code = counts.codes?.[courseId];
  return courseId !== enrollment.courseId && code !== undefined && code.enrolledCount >= code.capacity;
}

function expectTurn(fact: Fact, waiting: Waitlist, terms: Terms, verdict: Verdict): void {
  const { courseId } = terms;
  const { id } = fact.data.enrollment;
  const where = `event ${fact.data.sequence} of ${courseId} promoted ${id}`;
  verdict.expect(waiting.has(id), () => `${where}, who did not wait`, courseId);
  for (const [earlier, place] of waiting) {
    if (earlier === id) return;
    verdict.expect(
      !couldTake(place, fact, terms),
      () => `${where} before ${earlier}, who waited longer and was not passed over`,
      courseId,
    );
  }
}

function expectNobodyUnasked(fact: Fact, waiting: Waitlist, terms: Terms, verdict: Verdict): void {
  const unasked = [...waiting].find(([, place]) => couldTake(place, fact, terms))?.[0];
  verdict.expect(
    unasked === undefined,
    () =>
      `event ${fact.data.sequence} of ${terms.courseId} gave a newcomer the seat that ${unasked} waits for`,
    terms.courseId,
  );
}
