import { Injectable } from '@nestjs/common';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';
import { mailShard } from '../ledger/mail-state.rules.ts';
import type { NotificationRow } from '../ledger/notification-row.ts';

/** What became of an attempt. */
export type MailOutcome =
  { kind: 'sent' } | { kind: 'retry'; reason: string; dueAtMs: number } | { kind: 'failed'; reason: string };

type Change = Pick<
  Parameters<Dynamo['update']>[0],
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
>;

/** How a claim ended: whether that was ours to say, and the row as it is now. */
interface ClaimResult {
  isOurs: boolean;
  row: NotificationRow | undefined;
}

/** The store's clock may differ by this between two instances, ms: a mail without a claim may go out as early. */
const clockToleranceMs = 2_000;

/**
 * Who is sending which mail. A claim is a lease on the row: it moves the time when the mail is due beyond the
 * reach of others, and its holder may move it again. All times are the store's (`now`), so that a wall clock
 * that is wrong or steps neither ends a lease nor prolongs it.
 *
 * Guarantee: of two that claim one mail, one gets it; a claim that is not renewed ends by itself.
 */
@Injectable()
export class MailClaims {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('notifications');
  }

  /** The store's time: what claims and due times are compared by. */
  now(): number {
    return this.dynamo.now();
  }

  /** The row to send, with one more attempt begun, or undefined where it is not to be sent now or not by us. */
  async claim(
    id: string,
    claim: string,
    { nowMs, leaseMs }: { nowMs: number; leaseMs: number },
  ): Promise<NotificationRow | undefined> {
    const change = {
      UpdateExpression: 'SET mail_claim = :claim, mail_due_at = :until, mail_attempts = mail_attempts + :one',
      ConditionExpression:
        'mail_status = :queued AND ' +
        '(mail_due_at <= :now OR (attribute_not_exists(mail_claim) AND mail_due_at <= :soon))',
      ExpressionAttributeValues: {
        ':claim': claim,
        ':until': nowMs + leaseMs,
        ':one': 1,
        ':queued': 'queued',
        ':now': nowMs,
        ':soon': nowMs + clockToleranceMs,
      },
    };
    const { isOurs, row } = await this.changed(id, change);
    // Where the answer to our own first try was lost, it did go through.
    return isOurs || row?.mail_claim === claim ? row : undefined;
  }

  /** Keeps the claim for longer; false where it is not ours any more. */
  async renew(id: string, claim: string, untilMs: number): Promise<boolean> {
    const { isOurs } = await this.changed(id, {
      UpdateExpression: 'SET mail_due_at = :until',
      ConditionExpression: 'mail_claim = :claim',
      ExpressionAttributeValues: { ':until': untilMs, ':claim': claim },
    });
    return isOurs;
  }

  /**
   * Ends a claim, where the row is still ours. A sent mail stays sent, whichever instance holds the claim now.
   */
  complete(id: string, claim: string, outcome: MailOutcome, nowMs: number): Promise<ClaimResult> {
    return this.statusChanged(id, completion(id, claim, outcome, nowMs));
  }

  /** Queues a failed mail again, to be sent at once, its attempts counted from zero; false where it had not failed. */
  async requeue(id: string, nowMs: number): Promise<boolean> {
    const { isOurs } = await this.statusChanged(id, {
      UpdateExpression:
        'SET mail_status = :queued, mail_shard = :shard, mail_due_at = :now, mail_attempts = :none REMOVE mail_error',
      ConditionExpression: 'mail_status = :failed',
      ExpressionAttributeValues: {
        ':queued': 'queued',
        ':shard': mailShard('queued', id),
        ':now': nowMs,
        ':none': 0,
        ':failed': 'failed',
      },
    });
    return isOurs;
  }

  /** A change that users see: it raises the version of cached pages. */
  private statusChanged(id: string, change: Change): Promise<ClaimResult> {
    return this.changed(id, {
      ...change,
      UpdateExpression: `${change.UpdateExpression} ADD mail_version :next`,
      ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ':next': 1 },
    });
  }

  private async changed(id: string, change: Change): Promise<ClaimResult> {
    try {
      const row = await this.dynamo.update<NotificationRow>({
        TableName: this.table,
        Key: { id },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...change,
      });
      return { isOurs: true, row };
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      return { isOurs: false, row: error.item as NotificationRow | undefined };
    }
  }
}

function completion(id: string, claim: string, outcome: MailOutcome, nowMs: number): Change {
  switch (outcome.kind) {
    case 'sent':
      return {
        UpdateExpression:
          'SET mail_status = :sent, mail_sent_at = :at REMOVE mail_shard, mail_due_at, mail_claim, mail_error',
        ConditionExpression: 'mail_status = :queued OR mail_status = :failed',
        ExpressionAttributeValues: {
          ':sent': 'sent',
          ':at': new Date(nowMs).toISOString(),
          ':queued': 'queued',
          ':failed': 'failed',
        },
      };
    case 'retry':
      return {
        UpdateExpression: 'SET mail_due_at = :due, mail_error = :reason REMOVE mail_claim',
        ConditionExpression: 'mail_claim = :claim',
        ExpressionAttributeValues: {
          ':due': outcome.dueAtMs,
          ':reason': outcome.reason,
          ':claim': claim,
        },
      };
    case 'failed':
      return {
        UpdateExpression:
          'SET mail_status = :failed, mail_shard = :shard, mail_due_at = :now, mail_error = :reason REMOVE mail_claim',
        ConditionExpression: 'mail_claim = :claim',
        ExpressionAttributeValues: {
          ':failed': 'failed',
          ':shard': mailShard('failed', id),
          ':now': nowMs,
          ':reason': outcome.reason,
          ':claim': claim,
        },
      };
  }
}
