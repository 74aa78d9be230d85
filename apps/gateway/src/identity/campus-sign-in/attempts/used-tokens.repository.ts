import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';

/** Where the table keeps more than one count of a subject. */
const origin = 'used';

/** What may be used once: states of attempts to sign in, ids of logout tokens. Kept as hashes, beside the failed attempts. */
@Injectable()
export class UsedTokensRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('attempts');
  }

  /** Uses `token` up. @returns false where it was used before */
  async use(kind: string, token: string, lifeMs: number): Promise<boolean> {
    const endsAt = this.dynamo.now() + lifeMs;
    try {
      await this.dynamo.put({
        TableName: this.table,
        Item: { ...keyOf(kind, token), expires_at: Math.ceil(endsAt / 1_000) },
        ConditionExpression: 'attribute_not_exists(subject)',
      });
      return true;
    } catch (error) {
      if (error instanceof ConditionFailed) return false;
      throw error;
    }
  }

  /** Whether `token` was used. */
  async isUsed(kind: string, token: string): Promise<boolean> {
    return (await this.dynamo.get('attempts', keyOf(kind, token))) !== undefined;
  }
}

function keyOf(kind: string, token: string): { subject: string; origin: string } {
  return { subject: `${kind}#${createHash('sha256').update(token).digest('base64url')}`, origin };
}
