import { Injectable } from '@nestjs/common';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';
import { emailDigest } from '../accounts/email-key.rules.ts';
import { windowMs } from './attempt.rules.ts';
import type { FailureCount } from './attempt.rules.ts';

interface AttemptItem {
  subject: string;
  origin: string;
  failures: number;
  window_ends_at: number;
  expires_at: number;
}

/** What is counted by email. */
const kinds = ['login', 'reset'] as const;

/** Origin under which the failures of all addresses are counted. */
const everywhere = '*';

/**
 * Counts failures by what was tried and from where, shared by all instances.
 *
 * Emails are kept as hashes, as people mistype other secrets there.
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

  /** Failures on `email` from `address`, and from everywhere. */
  async countsOf(
    email: string,
    address: string,
  ): Promise<{ here?: FailureCount; everywhere?: FailureCount }> {
    const keys = [address, everywhere].map((origin) => ({
      table: this.table,
      key: keyOf('login', email, origin),
    }));
    const [here, all] = await this.dynamo.batchGet<AttemptItem>(keys);
    return { ...(here && { here: countOf(here) }), ...(all && { everywhere: countOf(all) }) };
  }

  /** Records a failure. */
  async recordFailure(email: string, address: string, now: number): Promise<void> {
    await Promise.all(
      [address, everywhere].map((origin) => this.count('login', email, origin, now, windowMs)),
    );
  }

  /** Forgets the failures from `address`: its owner got in. */
  async clearFailures(email: string, address: string): Promise<void> {
    await this.dynamo.delete({ TableName: this.table, Key: keyOf('login', email, address) });
  }

  /** Forgets everything that was counted of an email. @param digest its `emailDigest` */
  async forget(digest: string): Promise<void> {
    const TableName = this.table;
    for (const kind of kinds) {
      const counted = this.dynamo.queryAll<AttemptItem>({
        TableName,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': `${kind}#${digest}` },
        ConsistentRead: true,
      });
      for await (const { subject, origin } of counted)
        await this.dynamo.delete({ TableName, Key: { subject, origin } });
    }
  }

  /** Counts one more of `kind` for `email` and says how many there are in the window. */
  async count(kind: string, email: string, origin: string, now: number, lengthMs: number): Promise<number> {
    const Key = keyOf(kind, email, origin);
    try {
      const item = await this.dynamo.update<AttemptItem>({
        TableName: this.table,
        Key,
        UpdateExpression: 'ADD failures :one',
        ConditionExpression: 'window_ends_at > :now',
        ExpressionAttributeValues: { ':one': 1, ':now': now },
        ReturnValues: 'ALL_NEW',
      });
      return item?.failures ?? 1;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
    const windowEndsAt = now + lengthMs;
    const first: AttemptItem = {
      ...Key,
      failures: 1,
      window_ends_at: windowEndsAt,
      expires_at: Math.ceil(windowEndsAt / 1_000),
    };
    await this.dynamo.put({ TableName: this.table, Item: first });
    return 1;
  }
}

function keyOf(kind: string, email: string, origin: string): { subject: string; origin: string } {
  return { subject: `${kind}#${emailDigest(email)}`, origin };
}

function countOf({ failures, window_ends_at: windowEndsAt }: AttemptItem): FailureCount {
  return { failures, windowEndsAt };
}
