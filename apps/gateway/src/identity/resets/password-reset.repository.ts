import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { PasswordReset, PasswordResetItem } from './password-reset.ts';

/** Password resets by id. */
@Injectable()
export class PasswordResetRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('password_resets');
  }

  async byId(id: string): Promise<PasswordReset | undefined> {
    const item = await this.dynamo.get<PasswordResetItem>('password_resets', { id });
    if (!item) return undefined;
    const { user_id: userId, session_epoch: sessionEpoch, nonce } = item;
    const { valid_until: expiresAt, used_at: usedAt, grants_admin: grantsAdmin = false } = item;
    return { id: item.id, userId, sessionEpoch, nonce, expiresAt, usedAt, grantsAdmin };
  }

  creation({ id, userId, sessionEpoch, nonce, expiresAt, grantsAdmin }: PasswordReset): TransactAction {
    const item: PasswordResetItem = {
      id,
      user_id: userId,
      session_epoch: sessionEpoch,
      nonce,
      valid_until: expiresAt,
      expires_at: Math.ceil(expiresAt / 1_000),
      ...(grantsAdmin && { grants_admin: true }),
    };
    return { Put: { TableName: this.table, Item: item } };
  }

  /** Uses a reset up; fails where it was used before. */
  use(id: string, now: number): TransactAction {
    return {
      Update: {
        TableName: this.table,
        Key: { id },
        UpdateExpression: 'SET used_at = :now',
        ConditionExpression: 'attribute_exists(id) AND attribute_not_exists(used_at) AND valid_until > :now',
        ExpressionAttributeValues: { ':now': now },
      },
    };
  }
}
