import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { directories } from './user.ts';

/** Keys that are looked up at a time: 20 batches. */
const keysAtOnce = 2_000;
/** Most accounts of one partition of the directory. */
const maxOfPartition = 200_000;

/** What the index of emails tells of an account. It lags behind by moments. */
export interface ListedAccount {
  id: string;
  version: number;
  roles: readonly string[];
}

/** Whom many emails and external ids belong to, and everybody's account by the index. */
@Injectable()
export class AccountLookup {
  private readonly users: string;

  constructor(private readonly dynamo: Dynamo) {
    this.users = dynamo.tables.name('users');
  }

  /** The ids of those who have these emails, by the email's key; read consistently. */
  async ownersOfEmails(keys: readonly string[]): Promise<Map<string, string>> {
    return this.owners('user_emails', 'email_key', keys);
  }

  /** The ids of those who have these external ids, by external id; read consistently. */
  async ownersOfExternalIds(externalIds: readonly string[]): Promise<Map<string, string>> {
    return this.owners('user_external_ids', 'external_id', externalIds);
  }

  /**
   * Every account, partition after partition.
   *
   * @throws QueryBoundExceeded beyond 200,000 accounts of one partition, of which there are nine
   */
  async *everybody(): AsyncGenerator<ListedAccount> {
    for (const directory of directories) {
      const query = {
        TableName: this.users,
        IndexName: 'UsersByEmail',
        KeyConditionExpression: 'directory = :directory',
        ProjectionExpression: 'id, version, #roles',
        ExpressionAttributeNames: { '#roles': 'roles' },
        ExpressionAttributeValues: { ':directory': directory },
      };
      yield* this.dynamo.queryAll<ListedAccount>(query, maxOfPartition);
    }
  }

  private async owners(table: string, key: string, values: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let at = 0; at < values.length; at += keysAtOnce) {
      const keys = values.slice(at, at + keysAtOnce).map((value) => ({ [key]: value }));
      const items = await this.dynamo.getAll<Record<string, string>>(table, keys);
      for (const item of items) found.set(item[key] ?? '', item['user_id'] ?? '');
    }
    return found;
  }
}
