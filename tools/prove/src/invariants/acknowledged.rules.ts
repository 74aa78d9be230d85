import { isAmendment } from '../snapshot/amendments.ts';
import { answerOf, enrollmentsIn } from '../workload/journal.ts';
import type { AnswerBody, Asked, Attempt, Intent } from '../workload/journal.ts';
import type { EnrollmentRow, Fact, Snapshot } from '../snapshot/snapshot.ts';
import { invariant, Verdict } from './invariant.ts';
import { Links } from './links.rules.ts';

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
  /** Facts of one student in one commit. */
  private readonly byCommit: Map<string, Fact[]>;
  private readonly links: Links;
  readonly claimed = new Set<string>();

  constructor({ facts, courses }: Snapshot) {
    const all = [...facts.values()].flat();
    this.links = new Links(courses);
    this.byCommit = Map.groupBy(all, commitOf);
    for (const fact of all) {
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

  /** Linked sections that were given up in the commit of `fact`. */
  claimLinked(fact: Fact): void {
    for (const other of this.byCommit.get(commitOf(fact)) ?? [])
      if (isDrop(other) && this.links.concern(other.data.enrollment.courseId)) this.remember(other);
  }

  private remember(fact: Fact | undefined): Fact | undefined {
    if (fact) this.claimed.add(fact.id);
    return fact;
  }
}

const commitOf = ({ data }: Fact) => `${data.enrollment.userId} ${data.studentVersion}`;
const isDrop = ({ change }: Fact) => change === 'dropped' || change === 'withdrawn';

/** The enrollments that an answer says were changed. */
function promisedBy({ body }: Attempt): AnswerBody[] {
  const results = body.results?.filter(({ outcome }) => outcome !== 'unchanged');
  return enrollmentsIn(results ? { results } : body);
}

/** Claims the facts that answers promised, and judges whether they are there. */
function claimPromised(snapshot: Snapshot, verdict: Verdict): ReadonlySet<string> {
  const index = new FactIndex(snapshot);
  for (const intent of snapshot.intents) {
    const answer = answerOf(intent);
    if (!answer || answer.status >= 300) continue;
    const { asked } = intent;
    if (asked.kind === 'amend') {
      checkAmendment(asked, answer, snapshot, verdict);
      continue;
    }
    for (const promised of promisedBy(answer))
      checkPromise(intent, { ...answer, body: promised }, index, verdict);
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
  if (!fact) return;
  index.claimLinked(fact);
  const exchanged = droppedFor(asked, courseId);
  if (exchanged !== undefined) index.claimDropWith(exchanged, fact);
  if (asked.kind !== 'swap') return;
  const dropped = index.claimDropWith(asked.dropEnrollmentId, fact);
  verdict.expect(
    dropped !== undefined,
    () => `${answered}: ${asked.dropEnrollmentId} was not dropped with it`,
    courseId,
  );
}

/** What a waiting place gives up is in its row and its history, and on no topic. */
function checkAmendment(
  { enrollmentId, dropOnPromotion }: Extract<Asked, { kind: 'amend' }>,
  { body: { version = 0, status, courseId } }: Attempt,
  { enrollments }: Snapshot,
  verdict: Verdict,
): void {
  const row = enrollments.get(enrollmentId);
  const isKept = row?.history[version - 1]?.status === status;
  const isNewest = row?.version === version;
  verdict.expect(
    isKept && (!isNewest || row.dropOnPromotion === dropOnPromotion),
    () =>
      `${enrollmentId} was answered to give up ${dropOnPromotion} at version ${version}; ` +
      `it is at version ${row?.version} and gives up ${row?.dropOnPromotion}`,
    courseId,
  );
}

/** The enrollment that was to be given up for a seat: it may have ended before. */
function droppedFor(asked: Intent['asked'], courseId: string | undefined): string | undefined {
  if (asked.kind === 'enroll') return asked.dropOnPromotion;
  if (asked.kind !== 'changes') return undefined;
  return asked.add.find((place) => place.courseId === courseId)?.dropOnPromotion;
}

function checkClaimed(snapshot: Snapshot, claimed: ReadonlySet<string>, verdict: Verdict): void {
  const { facts, intents } = snapshot;
  const cancelled = new Set(
    intents.flatMap(({ asked }) =>
      asked.kind === 'change' && 'status' in asked.change && asked.change.status === 'cancelled'
        ? [asked.courseId]
        : [],
    ),
  );
  for (const [classId, ofClass] of facts) {
    for (const { id, change, data } of ofClass) {
      const { courseId } = data.enrollment;
      const isOwed = data.actorRole === 'system';
      if (isOwed) verdict.note('promotions and passings over, which the system makes itself');
      const isCancelled = change === 'cancelled' && (cancelled.has(courseId) || cancelled.has(classId));
      const isFine = isOwed || claimed.has(id) || isCancelled;
      const where = `${data.enrollment.id} version ${data.enrollment.version} (${change})`;
      verdict.expect(isFine, () => `${where} is the answer to no request`, courseId);
    }
  }
  checkAmended(snapshot, verdict);
}

/** An amendment that no event tells of is what its student asked for; one of several tries may be carried out late. */
function checkAmended({ enrollments, intents }: Snapshot, verdict: Verdict): void {
  const asked = Map.groupBy(intents, (intent) =>
    intent.asked.kind === 'amend' ? intent.asked.enrollmentId : '',
  );
  const mayBeOf = (intent: Intent, { at, actorId }: EnrollmentRow['history'][number]) => {
    const [first] = intent.attempts;
    const answer = answerOf(intent);
    const isRefused = intent.attempts.length === 1 && answer !== undefined && answer.status >= 300;
    return (
      first !== undefined && !isRefused && Date.parse(at) >= first.at && intent.asked.actorId === actorId
    );
  };
  for (const { id, courseId, history } of enrollments.values())
    for (const entry of history.filter(isAmendment))
      verdict.expect(
        asked.get(id)?.some((intent) => mayBeOf(intent, entry)) ?? false,
        () => `${id} was amended at ${entry.at} without a request`,
        courseId,
      );
}
