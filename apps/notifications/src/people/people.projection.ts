import { Injectable } from '@nestjs/common';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';
import type { Person } from './person.ts';

/** Writes the projection of users, fenced by their version: a replay from the first event gives the same. */
@Injectable()
export class PeopleProjection {
  constructor(private readonly dynamo: Dynamo) {}

  /** Keeps `person` unless a newer version is there. */
  async keep({ id, email, name, version }: Person): Promise<void> {
    try {
      await this.dynamo.put({
        TableName: this.dynamo.tables.name('people'),
        Item: { id, email, name, version },
        ConditionExpression: 'attribute_not_exists(id) OR version < :version',
        ExpressionAttributeValues: { ':version': version },
      });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
}
