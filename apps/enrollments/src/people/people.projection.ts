import { Injectable } from '@nestjs/common';
import type { UserState } from '@registrar/contracts-gateway';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';

/** Writes the people projection, fenced by the user's version. */
@Injectable()
export class PeopleProjection {
  constructor(private readonly dynamo: Dynamo) {}

  /** Takes over the state of a user, unless a newer one is known. */
  async put(user: UserState): Promise<void> {
    try {
      await this.dynamo.put({
        TableName: this.dynamo.tables.name('people'),
        Item: { user_id: user.id, email: user.email.toLowerCase(), name: user.name, version: user.version },
        ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': user.version },
      });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
}
