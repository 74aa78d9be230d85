import { answerOf, isDecisive } from '../workload/journal.ts';
import type { Asked, Intent } from '../workload/journal.ts';
import type { Finding, Invariant } from './invariant.ts';
import { Verdict } from './invariant.ts';

const expected: Readonly<Record<Asked['kind'], readonly number[]>> = {
  enroll: [201, 404, 409],
  swap: [201, 404, 409],
  drop: [200, 404, 409],
  complete: [200, 404, 409],
  change: [200, 404, 409, 412],
};
/** What may be answered while parts are away. */
const passing = [0, 409, 429, 503, 504];

/** Failures show as the contract says, and in the end every request has its answer. */
export const answers: Invariant = {
  name: 'answers',
  statement: 'every request is answered in the end, and never outside the contract',
  check: ({ intents }) => checkAnswers(intents),
};

function checkAnswers(intents: readonly Intent[]): Finding {
  const verdict = new Verdict();
  for (const intent of intents) {
    const { id, asked, attempts } = intent;
    for (const attempt of attempts) {
      const allowed = isDecisive(attempt) ? expected[asked.kind] : passing;
      verdict.expect(
        allowed.includes(attempt.status),
        () =>
          `request ${id} (${asked.kind}) was answered ${attempt.status} ${attempt.body.code ?? ''} by ${attempt.via}`,
      );
      if (!isDecisive(attempt))
        verdict.note(attempt.status === 0 ? 'lost answers' : `answers ${attempt.status}`);
    }
    verdict.expect(answerOf(intent) !== undefined, () => `request ${id} (${asked.kind}) was never answered`);
  }
  return verdict;
}
