import { answerOf } from '../workload/journal.ts';
import type { Attempt, Intent } from '../workload/journal.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import { invariant, Verdict } from './invariant.ts';

/** Every acknowledged success is in the history, as it was answered. */
export const acknowledged = invariant(
  'acknowledged',
  'every acknowledged 201 and 200 is in the history, as it was answered',
  (snapshot, verdict) => void claimPromised(snapshot, verdict),
);

/** No refusal and no unanswered request took effect. */
export const nothingElse = invariant(
  'nothing-else',
  'no refusal took effect: every change is the answer to a request',
  (snapshot, verdict) => checkClaimed(snapshot, claimPromised(snapshot, new Verdict()), verdict),
);

/** Finds facts by what an answer says of them. */
class FactIndex {
  private readonly byVersion = new Map<string, Fact>();
  private readonly byMoment = new Map<string, Fact>();
  readonly claimed = new Set<string>();

  constructor(facts: Snapshot['facts']) {
    for (const fact of [...facts.values()].flat()) {
      const { enrollment, occurredAt } = fact.data;
      this.byVersion.set(`${enrollment.id} ${enrollment.version}`, fact);
      this.byMoment.set(`${enrollment.id} ${occurredAt} ${enrollment.status}`, fact);
    }
  }

  /** The change that gave an enrollment this version; it is claimed from now on. */
  claim(id: string, version: number): Fact | undefined {
    return this.remember(this.byVersion.get(`${id} ${version}`));
  }

  /** The drop that was committed together with `added`. */
  claimDropWith(dropEnrollmentId: string, added: Fact): Fact | undefined {
    const at = added.data.occurredAt;
    const drop = ['dropped', 'withdrawn'].map((status) =>
      this.byMoment.get(`${dropEnrollmentId} ${at} ${status}`),
    );
    return this.remember(drop.find((fact) => fact !== undefined));
  }

  private remember(fact: Fact | undefined): Fact | undefined {
    if (fact) this.claimed.add(fact.id);
    return fact;
  }
}

/** Claims the facts that answers promised, and judges whether they are there. */
function claimPromised({ facts, intents }: Snapshot, verdict: Verdict): ReadonlySet<string> {
  const index = new FactIndex(facts);
  for (const intent of intents) {
    const answer = answerOf(intent);
    if (answer && answer.status < 300) checkPromise(intent, answer, index, verdict);
  }
  return index.claimed;
}

function checkPromise(intent: Intent, answer: Attempt, index: FactIndex, verdict: Verdict): void {
  const { asked } = intent;
  if (asked.kind === 'change') return;
  const { id = '', version = 0, status, courseId } = answer.body;
  const fact = index.claim(id, version);
  const answered = `request ${intent.id} (${asked.kind}) of ${asked.userId} was answered ${answer.status} ${status}, ${id} version ${version}`;
  const isSo = fact?.data.enrollment.status === status && fact?.data.enrollment.userId === asked.userId;
  verdict.expect(isSo, () => `${answered}: ${fact ? `it is ${fact.change}` : 'no such change'}`, courseId);
  if (asked.kind !== 'swap' || !fact) return;
  const dropped = index.claimDropWith(asked.dropEnrollmentId, fact);
  verdict.expect(
    dropped !== undefined,
    () => `${answered}: ${asked.dropEnrollmentId} was not dropped with it`,
    courseId,
  );
}

function checkClaimed({ facts, intents }: Snapshot, claimed: ReadonlySet<string>, verdict: Verdict): void {
  const cancelled = new Set(
    intents.flatMap(({ asked }) =>
      asked.kind === 'change' && 'status' in asked.change && asked.change.status === 'cancelled'
        ? [asked.courseId]
        : [],
    ),
  );
  for (const [courseId, ofCourse] of facts) {
    for (const { id, change, data } of ofCourse) {
      const isOwed = data.actorRole === 'system';
      if (isOwed) verdict.note('promotions and passings over, which the system makes itself');
      const isFine = isOwed || claimed.has(id) || (change === 'cancelled' && cancelled.has(courseId));
      const where = `${data.enrollment.id} version ${data.enrollment.version} (${change})`;
      verdict.expect(isFine, () => `${where} is the answer to no request`, courseId);
    }
  }
}
