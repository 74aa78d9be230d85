import { answerFor, idempotentRequestsTable, recordAction } from '@registrar/idempotency';
import type { ChangesAnswer } from '@registrar/contracts-enrollments';
import type { Tables } from '@registrar/dynamodb';
import type { IdempotencyRecord, IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import type { CommandOutcome } from '../planning/commands.ts';
import type { OwnedAction } from './commit-actions.ts';

/** The action that keeps the answer of a request about a student, in the transaction of its effect. */
export function keepAnswer(
  tables: Tables,
  request: IdempotentRequest & { about: string },
  answer: StoredAnswer,
  nowMs: number,
): OwnedAction {
  const { about, ...others } = request;
  const kept = mentionsHolds(answer) ? { ...others, about } : others;
  const action = recordAction(tables.name(idempotentRequestsTable.name), kept, answer, nowMs);
  return { action, owner: { kind: 'record', requestId: request.id } };
}

/** Whether an answer has reasons of holds: the only personal words that the answer to a change has. */
function mentionsHolds(answer: StoredAnswer): boolean {
  if ('refusal' in answer && answer.refusal.code === 'hold') return true;
  const body = 'refusal' in answer ? answer.refusal.members : answer.body;
  const { results = [] } = body as Partial<ChangesAnswer>;
  return results.some(({ problems }) => problems.some(({ code }) => code === 'hold'));
}

/** The kept answer as the outcome of a repeated request. @throws Problem 422 where the key was used for another request */
export function repeatedOutcome(record: IdempotencyRecord, request: IdempotentRequest): CommandOutcome {
  const answer = answerFor(record, request);
  return { answer, replayed: true, earlier: !('refusal' in answer) };
}

/**
 * Settles a caller that waits for the outcome of a request by its kept answer; false where there is none.
 *
 * @param waiting gets the outcome, or the Problem where the key was used for another request
 */
export function settleByKept(
  request: IdempotentRequest | undefined,
  record: IdempotencyRecord | undefined,
  waiting: { resolve: (outcome: CommandOutcome) => void; reject: (error: unknown) => void },
): boolean {
  if (!record || !request) return false;
  try {
    waiting.resolve(repeatedOutcome(record, request));
  } catch (error) {
    waiting.reject(error);
  }
  return true;
}
