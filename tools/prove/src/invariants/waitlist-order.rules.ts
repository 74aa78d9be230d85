import { inSequence } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** No student took a seat before one who waited longer and had not been passed over. */
export const waitlistOrder = invariant(
  'waitlist-order',
  'no student got a seat before an earlier one on the waitlist who had not been passed over',
  checkOrder,
);

function checkOrder({ facts }: Snapshot, verdict: Verdict): void {
  for (const [courseId, ofCourse] of facts) {
    /** Enrollments that wait, in order, and whether they were passed over. */
    const waiting = new Map<string, { passedOver: boolean }>();
    for (const fact of inSequence(ofCourse)) {
      if (fact.change === 'promoted') expectTurn(courseId, fact, waiting, verdict);
      else if (isNewcomer(fact)) expectNobodyUnasked(courseId, fact, waiting, verdict);
      follow(fact, waiting);
    }
  }
}

function isNewcomer({ change, data }: Fact): boolean {
  return change === 'enrolled' && data.override.length === 0;
}

function follow({ change, data: { enrollment } }: Fact, waiting: Map<string, { passedOver: boolean }>): void {
  const place = waiting.get(enrollment.id);
  if (change === 'passed-over' && place) place.passedOver = true;
  else if (enrollment.status !== 'waitlisted') waiting.delete(enrollment.id);
  else if (!place) waiting.set(enrollment.id, { passedOver: false });
}

function expectTurn(
  courseId: string,
  { data }: Fact,
  waiting: ReadonlyMap<string, { passedOver: boolean }>,
  verdict: Verdict,
): void {
  const { id } = data.enrollment;
  const where = `event ${data.sequence} of ${courseId} promoted ${id}`;
  verdict.expect(waiting.has(id), () => `${where}, who did not wait`, courseId);
  for (const [earlier, { passedOver }] of waiting) {
    if (earlier === id) return;
    verdict.expect(
      passedOver,
      () => `${where} before ${earlier}, who waited longer and was not passed over`,
      courseId,
    );
  }
}

function expectNobodyUnasked(
  courseId: string,
  { data }: Fact,
  waiting: ReadonlyMap<string, { passedOver: boolean }>,
  verdict: Verdict,
): void {
  const unasked = [...waiting].find(([, { passedOver }]) => !passedOver)?.[0];
  verdict.expect(
    unasked === undefined,
    () => `event ${data.sequence} of ${courseId} gave a newcomer the seat that ${unasked} waits for`,
    courseId,
  );
}
