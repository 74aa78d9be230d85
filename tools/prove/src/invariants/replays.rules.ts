import { isDecisive } from '../workload/journal.ts';
import { enrollmentsIn } from '../workload/journal.ts';
import type { AnswerBody } from '../workload/journal.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** A repeated request under the same key gets the same answer, on any instance. */
export const replays = invariant(
  'replays',
  'a request sent again under its key is answered the same, on every instance',
  checkReplays,
);

function checkReplays({ intents }: Snapshot, verdict: Verdict): void {
  for (const { id, key, attempts, asked } of intents) {
    const answers = attempts.filter(isDecisive);
    const [first, ...others] = answers;
    if (key === undefined || !first) continue;
    for (const other of others) {
      verdict.expect(
        other.status === first.status && summaryOf(other.body) === summaryOf(first.body),
        () =>
          `request ${id} (${asked.kind}) was answered ${first.status} ${summaryOf(first.body)} by ${first.via}, ` +
          `then ${other.status} ${summaryOf(other.body)} by ${other.via}`,
      );
    }
    const originals = answers.filter(({ replayed }) => !replayed);
    verdict.expect(
      originals.length <= 1 || answers.every(({ status }) => status >= 400),
      () => `request ${id} (${asked.kind}) was carried out ${originals.length} times`,
    );
  }
}

function summaryOf(body: AnswerBody): string {
  const outcomes = body.results?.map(({ outcome, problems }) => [
    outcome,
    ...problems.map(({ code }) => code),
  ]);
  const enrollments = enrollmentsIn(body).flatMap(({ id, version, status, enrolledAt }) => {
    return [id, version, status, enrolledAt];
  });
  return [body.code, ...(outcomes ?? []), ...enrollments].filter((part) => part !== undefined).join(' ');
}
