import { Injectable } from '@nestjs/common';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';
import type { Person } from './person.ts';

/** The projection of users: who is reached where. A replay from the first event gives the same. */
@Injectable()
export class PeopleRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('people');
  }

  find(id: string): Promise<Person | undefined> {
    return this.dynamo.get<Person>({ TableName: this.table, Key: { id }, ConsistentRead: true });
  }

  /** Keeps `person` unless a newer version is there. */
  async keep({ id, email, name, version }: Person): Promise<void> {
    try {
      await this.dynamo.put({
        TableName: this.table,
        Item: { id, email, name, version },
        ConditionExpression: 'attribute_not_exists(id) OR version < :version',
        ExpressionAttributeValues: { ':version': version },
      });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
}
