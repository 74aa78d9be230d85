import { answerOf } from '../workload/journal.ts';
import type { Attempt, Intent } from '../workload/journal.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Finding, Invariant } from './invariant.ts';
import { Verdict } from './invariant.ts';

/** Every acknowledged success stands in the history, as it was told. */
export const acknowledged: Invariant = {
  name: 'acknowledged',
  statement: 'every acknowledged 201 and 200 is in the history, as it was told',
  check: ({ facts, intents }) => accountFor(facts, intents).promised,
};

/** Nothing happened that nobody was told of: no refusal and no unanswered request took effect. */
export const nothingElse: Invariant = {
  name: 'nothing-else',
  statement: 'no refusal took effect: every change is the answer to a request',
  check: ({ facts, intents }) => accountFor(facts, intents).happened,
};

/** Where facts are found by what an answer says of them. */
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

  /** The change that gave an enrollment this version; it is accounted for from now on. */
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

function accountFor(
  facts: Snapshot['facts'],
  intents: readonly Intent[],
): Record<'promised' | 'happened', Finding> {
  const index = new FactIndex(facts);
  const promised = new Verdict();
  for (const intent of intents) {
    const answer = answerOf(intent);
    if (answer && answer.status < 300) checkPromise(intent, answer, index, promised);
  }
  return { promised, happened: unaccounted(facts, intents, index.claimed) };
}

function checkPromise(intent: Intent, answer: Attempt, index: FactIndex, verdict: Verdict): void {
  const { asked } = intent;
  if (asked.kind === 'change') return;
  const { id = '', version = 0, status, courseId } = answer.body;
  const fact = index.claim(id, version);
  const answered = `request ${intent.id} (${asked.kind}) of ${asked.userId} was told ${answer.status} ${status}, ${id} version ${version}`;
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

function unaccounted(
  facts: Snapshot['facts'],
  intents: readonly Intent[],
  claimed: ReadonlySet<string>,
): Finding {
  const verdict = new Verdict();
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
      if (isOwed) verdict.note('promotions and passings over, which nobody asks for');
      const isFine = isOwed || claimed.has(id) || (change === 'cancelled' && cancelled.has(courseId));
      verdict.expect(
        isFine,
        () =>
          `${data.enrollment.id} version ${data.enrollment.version} (${change}) is the answer to no request`,
        courseId,
      );
    }
  }
  return verdict;
}
