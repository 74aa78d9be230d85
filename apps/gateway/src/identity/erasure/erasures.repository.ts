import { Injectable } from '@nestjs/common';
import { Dynamo, conditionHeld } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { ErasingService, ErasureItem } from './erasure.ts';

/** Erasures by id. */
@Injectable()
export class ErasuresRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('erasures');
  }

  byId(id: string): Promise<ErasureItem | undefined> {
    return this.dynamo.get<ErasureItem>('erasures', { id });
  }

  /** The Put of one that begins. */
  creation(item: ErasureItem): TransactAction {
    return { Put: { TableName: this.table, Item: item } };
  }

  /** Notes that a service has erased; nothing where it is noted already, or the erasure is not kept any more. */
  async markDone(id: string, service: ErasingService): Promise<void> {
    await conditionHeld(
      this.dynamo.update({
        TableName: this.table,
        Key: { id },
        UpdateExpression: 'SET done = list_append(done, :service)',
        ConditionExpression: 'attribute_exists(id) AND NOT contains(done, :name)',
        ExpressionAttributeValues: { ':service': [service], ':name': service },
      }),
    );
  }

  /** Removes the digest of the email. */
  async forgetEmail(id: string): Promise<void> {
    await conditionHeld(
      this.dynamo.update({
        TableName: this.table,
        Key: { id },
        UpdateExpression: 'REMOVE email_digest',
        ConditionExpression: 'attribute_exists(id)',
      }),
    );
  }
}
