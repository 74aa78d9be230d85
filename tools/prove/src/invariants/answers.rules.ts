import { answerOf, isDecisive } from '../workload/journal.ts';
import type { Asked } from '../workload/journal.ts';
import { invariant } from './invariant.ts';

const expected: Readonly<Record<Asked['kind'], readonly number[]>> = {
  enroll: [201, 404, 409],
  swap: [201, 404, 409],
  changes: [200, 404, 409],
  credits: [200, 404, 409],
  amend: [200, 404, 409],
  drop: [200, 404, 409],
  complete: [200, 404, 409],
  change: [200, 404, 409, 412],
};
/** What may be answered while parts are away. */
const passing = [0, 409, 429, 503, 504];

/** Failures show as the contract says, and in the end every request has its answer. */
export const answers = invariant(
  'answers',
  'every request is answered in the end, and never outside the contract',
  ({ intents }, verdict) => {
    for (const intent of intents) {
      const where = `request ${intent.id} (${intent.asked.kind})`;
      for (const attempt of intent.attempts) {
        const { status, body, via } = attempt;
        const isFinal = isDecisive(attempt);
        const allowed = isFinal ? expected[intent.asked.kind] : passing;
        const answer = `${status} ${body.code ?? ''}`;
        const asked = JSON.stringify(intent.asked);
        verdict.expect(allowed.includes(status), () => `${where} was answered ${answer} by ${via}: ${asked}`);
        if (!isFinal) verdict.note(status === 0 ? 'lost answers' : `answers ${status}`);
      }
      verdict.expect(answerOf(intent) !== undefined, () => `${where} was never answered`);
    }
  },
);
