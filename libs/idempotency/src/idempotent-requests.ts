import { ConditionFailed, TransactionCancelled } from '@registrar/dynamodb';
import type { Dynamo, TransactAction } from '@registrar/dynamodb';
import { give, refusalOf, type Answer, type Answered, type StoredAnswer } from './answer.ts';
import {
  answersByUserIndex,
  answerFor,
  idempotentRequestsTable,
  recordAction,
  recordOf,
  type IdempotencyRecord,
} from './idempotency-record.ts';
import type { IdempotentRequest } from './idempotent-request.ts';
import { ConcurrentDuplicates } from './concurrent-duplicates.ts';

/**
 * Gives the actions that keep `answer`, to add to the transaction of the effect; none without a key.
 *
 * @param about the user whose personal data the answer has
 */
export type Recorder = (answer: Answer, about?: string) => TransactAction[];

/** The effect of a request: adds `record(answer)` to its transaction and returns that answer, or throws. */
export type Work<T> = (record: Recorder) => Promise<Answer<T>>;

interface Outcome {
  answer: StoredAnswer;
  replayed: boolean;
}

/**
 * Does each request once, however often and wherever it is sent, and gives every sender the first answer.
 *
 * Guarantee: the kept answer and the effect are one transaction, so neither is there without the other. Of
 * duplicates on several instances one commits, the others lose on the record's condition and give its answer.
 * Refusals (404, 409) are kept by themselves before they are given.
 * Failure: what may end otherwise (401, 403, 422, 429, 5xx) is not kept; the same key may be used again.
 */
export class IdempotentRequests {
  private readonly duplicates: ConcurrentDuplicates<Outcome>;
  private readonly table: string;

  /** @param waitMs how long a duplicate on this instance waits for the first before 409 `request_in_progress` */
  constructor(
    private readonly dynamo: Dynamo,
    { waitMs = 5_000, now = Date.now }: { waitMs?: number; now?: () => number } = {},
  ) {
    this.table = dynamo.tables.name(idempotentRequestsTable.name);
    this.duplicates = new ConcurrentDuplicates(waitMs);
    this.now = now;
  }

  private readonly now: () => number;

  /** Runs `work` for the first of all duplicates; without a `request` (no key was sent) simply runs it. */
  async runOnce<T>(request: IdempotentRequest | undefined, work: Work<T>): Promise<Answered<T>> {
    if (!request) return { ...(await work(() => [])), replayed: false };
    const { outcome, isDuplicate } = await this.duplicates.share(request, () => this.first(request, work));
    return give<T>(outcome.answer, isDuplicate || outcome.replayed);
  }

  /** The kept record of a request, read consistently; undefined where there is none or it has expired. */
  async read(request: Pick<IdempotentRequest, 'id'>): Promise<IdempotencyRecord | undefined> {
    const item = await this.dynamo.get(idempotentRequestsTable.name, { id: request.id });
    return recordOf(item, this.now());
  }

  /** The action that keeps `answer`; for callers that group several requests into one transaction. */
  record(request: IdempotentRequest, answer: StoredAnswer): TransactAction {
    return recordAction(this.table, request, answer, this.now());
  }

  /** Deletes the answers that have personal data of a user. Needs the index `AnswersByUser`. */
  async eraseAbout(userId: string): Promise<void> {
    const answers = this.dynamo.queryAll<{ id: string }>({
      TableName: this.table,
      IndexName: answersByUserIndex.name,
      KeyConditionExpression: 'about = :user',
      ExpressionAttributeValues: { ':user': userId },
    });
    const ids = (await Array.fromAsync(answers)).map(({ id }) => id);
    await this.dynamo.batchWrite(ids.map((id) => ({ table: this.table, delete: { id } })));
  }

  private async first<T>(request: IdempotentRequest, work: Work<T>): Promise<Outcome> {
    const before = await this.read(request);
    if (before) return { answer: answerFor(before, request), replayed: true };
    let recorded = false;
    const record: Recorder = (answer, about) => {
      recorded = true;
      return [this.record({ ...request, ...(about !== undefined && { about }) }, answer)];
    };
    try {
      const answer = await work(record);
      return recorded ? { answer, replayed: false } : await this.keep(request, answer);
    } catch (error) {
      return await this.afterFailure(request, error);
    }
  }

  private async afterFailure(request: IdempotentRequest, error: unknown): Promise<Outcome> {
    const refusal = refusalOf(error, request.traceId);
    if (refusal) return this.keep(request, refusal);
    if (error instanceof TransactionCancelled) {
      // Whatever the reason was: if a duplicate's record is there, that duplicate has committed and its answer holds.
      const winner = await this.read(request);
      if (winner) return { answer: answerFor(winner, request), replayed: true };
    }
    throw error;
  }

  /** Keeps an answer by itself, unless a duplicate was first: then it is that one's answer. */
  private async keep(request: IdempotentRequest, answer: StoredAnswer): Promise<Outcome> {
    try {
      await this.dynamo.put(recordAction(this.table, request, answer, this.now()).Put);
      return { answer, replayed: false };
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const winner = recordOf(error.item, this.now());
      if (!winner) throw error;
      // A lost answer of our own first try looks like a duplicate's record; it is the same answer then.
      const stored = answerFor(winner, request);
      return { answer: stored, replayed: !error.afterLostAnswer };
    }
  }
}
