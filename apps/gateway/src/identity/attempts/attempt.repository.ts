import { Injectable } from '@nestjs/common';
import { ConditionFailed, Dynamo, retryOnConflict } from '@registrar/dynamodb';
import { emailDigest } from '../accounts/email-key.rules.ts';
import { failuresInARow, failuresPerOrigin, rowMs, windowMs } from './attempt.rules.ts';
import type { AttemptSubject, FailureCount } from './attempt.rules.ts';

type AttemptKey = Record<'subject' | 'origin', string>;
type AttemptItem = AttemptKey & Record<'failures' | 'window_ends_at' | 'expires_at', number>;

/** A window of a count, and how many may be in it. */
interface CountingRule {
  now: number;
  lengthMs: number;
  most: number;
}

/** What is counted by email beside sign-ins. */
const kinds = ['reset', 'sign-in-link', 'confirmation'] as const;

/** Origin under which the failures of all addresses are counted, within a window and in a row. */
const everywhere = '*';
const inARow = 'row';

/**
 * Counts failures by what was tried and from where, shared by all instances.
 *
 * Guarantee: every count is one write of the store, so that none is lost, however many instances count at once; one
 * whose answer is lost may count twice. Emails are kept as hashes, as people mistype other secrets there.
 */
@Injectable()
export class AttemptRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('attempts');
  }

  /** The store's time: windows are begun by one instance and judged by another. */
  now(): number {
    return this.dynamo.now();
  }

  /** Failures from everywhere, within their window and in a row. */
  async countsOf(subject: AttemptSubject): Promise<{ everywhere?: FailureCount; row?: FailureCount }> {
    const keys = [everywhere, inARow].map((origin) => ({
      table: this.table,
      key: loginKey(subject, origin),
    }));
    const [all, row] = await this.dynamo.batchGet<AttemptItem>(keys);
    return { ...(all && { everywhere: countOf(all) }), ...(row && { row: countOf(row) }) };
  }

  /**
   * Counts an attempt from `origin` as a failure before it is judged, so that attempts at once cannot all pass.
   *
   * @returns the count where it is full, and was not raised
   */
  async takeAttempt(subject: AttemptSubject, origin: string, now: number): Promise<FailureCount | undefined> {
    const rule = { now, lengthMs: windowMs, most: failuresPerOrigin };
    const { count, isFull } = await this.add(loginKey(subject, origin), rule);
    return isFull ? count : undefined;
  }

  /** Takes an attempt back that was not judged. */
  async release(subject: AttemptSubject, origin: string): Promise<void> {
    await this.dynamo.update({
      TableName: this.table,
      Key: loginKey(subject, origin),
      UpdateExpression: 'ADD failures :less',
      ConditionExpression: 'failures > :none',
      ExpressionAttributeValues: { ':less': -1, ':none': 0 },
    });
  }

  /** Records a failure that `takeAttempt` counted for its origin, for all of them. */
  async recordFailure(subject: AttemptSubject, now: number): Promise<void> {
    await Promise.all([
      this.add(loginKey(subject, everywhere), { now, lengthMs: windowMs, most: Infinity }),
      this.dynamo.update({
        TableName: this.table,
        Key: loginKey(subject, inARow),
        UpdateExpression: 'SET window_ends_at = :end, expires_at = :expiry ADD failures :one',
        ExpressionAttributeValues: { ':one': 1, ...windowOf(now + rowMs) },
      }),
    ]);
  }

  /** Forgets the failures from `origin`: its owner got in. */
  async clearFailures(subject: AttemptSubject, origin: string): Promise<void> {
    await this.dynamo.delete({ TableName: this.table, Key: loginKey(subject, origin) });
  }

  /** Ends the row of failures. @returns false where it is too long to be ended by a password */
  async endRow(subject: AttemptSubject): Promise<boolean> {
    try {
      await this.dynamo.delete({
        TableName: this.table,
        Key: loginKey(subject, inARow),
        ConditionExpression: 'attribute_not_exists(subject) OR failures < :most',
        ExpressionAttributeValues: { ':most': failuresInARow },
      });
      return true;
    } catch (error) {
      if (error instanceof ConditionFailed) return false;
      throw error;
    }
  }

  /**
   * Forgets what was counted of an email: mails, and sign-ins in the last session epoch; those of earlier epochs end by
   * themselves within their window.
   *
   * @param digest its `emailDigest`
   */
  async forget(digest: string, epoch: number): Promise<void> {
    const TableName = this.table;
    const subjects = [`login#${digest}#${epoch}`, ...kinds.map((kind) => `${kind}#${digest}`)];
    for (const subject of subjects) {
      const counted = this.dynamo.queryAll<AttemptItem>({
        TableName,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': subject },
        ConsistentRead: true,
      });
      for await (const { origin } of counted)
        await this.dynamo.delete({ TableName, Key: { subject, origin } });
    }
  }

  /** Counts one more of `kind` for `email` and says how many there are in the window. */
  async count(kind: string, email: string, now: number, lengthMs: number): Promise<number> {
    const key = { subject: `${kind}#${emailDigest(email)}`, origin: everywhere };
    const { count } = await this.add(key, { now, lengthMs, most: Infinity });
    return count.failures;
  }

  /** Raises a count, or begins its window; not where it is full. */
  private add(key: AttemptKey, rule: CountingRule): Promise<{ count: FailureCount; isFull: boolean }> {
    const { now, lengthMs, most } = rule;
    return retryOnConflict(async () => {
      const open = await this.begin(key, now, now + lengthMs);
      if (!open) return { count: { failures: 1, windowEndsAt: now + lengthMs }, isFull: false };
      if (open.failures >= most) return { count: countOf(open), isFull: true };
      return { count: await this.raise(key, rule), isFull: false };
    });
  }

  /** Begins a window with one failure. @returns the item whose window is open still */
  private async begin(Key: AttemptKey, now: number, end: number): Promise<AttemptItem | undefined> {
    try {
      await this.dynamo.update({
        TableName: this.table,
        Key,
        UpdateExpression: 'SET failures = :one, window_ends_at = :end, expires_at = :expiry',
        ConditionExpression: 'attribute_not_exists(subject) OR window_ends_at <= :now',
        ExpressionAttributeValues: { ':one': 1, ':now': now, ...windowOf(end) },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionFailed) || !error.item) throw error;
      return error.item as unknown as AttemptItem;
    }
  }

  private async raise(Key: AttemptKey, { now, most }: CountingRule): Promise<FailureCount> {
    const isBounded = most !== Infinity;
    const item = await this.dynamo.update<AttemptItem>({
      TableName: this.table,
      Key,
      UpdateExpression: 'ADD failures :one',
      ConditionExpression: `window_ends_at > :now${isBounded ? ' AND failures < :most' : ''}`,
      ExpressionAttributeValues: { ':one': 1, ':now': now, ...(isBounded && { ':most': most }) },
      ReturnValues: 'ALL_NEW',
    });
    return countOf(item ?? { failures: 1, window_ends_at: now });
  }
}

function loginKey({ email, epoch }: AttemptSubject, origin: string): AttemptKey {
  return { subject: `login#${emailDigest(email)}#${epoch}`, origin };
}

function windowOf(end: number): { ':end': number; ':expiry': number } {
  return { ':end': end, ':expiry': Math.ceil(end / 1_000) };
}

function countOf({
  failures,
  window_ends_at: windowEndsAt,
}: Pick<AttemptItem, 'failures' | 'window_ends_at'>): FailureCount {
  return { failures, windowEndsAt };
}
