import { Injectable } from '@nestjs/common';
import { Dynamo, shards } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { itemOf, recordOf } from './client.ts';
import type { ClientItem, ClientRecord } from './client.ts';

/** A write of an existing client is refused where it changed since it was read. */
const unchanged = {
  ConditionExpression: 'version = :oldVersion AND token_version = :oldTokens',
} as const;

/** What the index of clients tells of one. */
type ListedClient = Pick<ClientItem, 'id' | 'created_key'>;

/** API clients by id. Failure: throws StoreUnavailable. */
@Injectable()
export class ClientRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('clients');
  }

  /** The client as the last acknowledged write left it, or undefined. */
  async byId(id: string): Promise<ClientRecord | undefined> {
    const item = await this.dynamo.get<ClientItem>('clients', { id });
    return item && recordOf(item);
  }

  /** A page of clients, newest first, after the place `before` in the list. */
  async page(limit: number, before = '~'): Promise<ClientRecordPage> {
    // One more than the page shows whether it is the last.
    const parts = await Promise.all(shards.map((shard) => this.partOf(shard, limit + 1, before)));
    const items = parts.flat().sort((a, b) => (a.created_key < b.created_key ? 1 : -1));
    const shown = items.slice(0, limit);
    // The index lags: the items themselves say what is so.
    const found = await this.dynamo.getAll<ClientItem>(
      'clients',
      shown.map(({ id }) => ({ id })),
    );
    const next = items.length > limit ? shown.at(-1)?.created_key : undefined;
    return { clients: found.map(recordOf), next };
  }

  private async partOf(shard: string, limit: number, before: string): Promise<ListedClient[]> {
    const { items } = await this.dynamo.query<ListedClient>({
      TableName: this.table,
      IndexName: 'ClientsByTime',
      KeyConditionExpression: 'list_shard = :shard AND created_key < :before',
      ExpressionAttributeValues: { ':shard': shard, ':before': before },
      ScanIndexForward: false,
      Limit: limit,
    });
    return items;
  }

  /** Makes the client. */
  creation(client: ClientRecord): TransactAction {
    const ConditionExpression = 'attribute_not_exists(id)';
    return { Put: { TableName: this.table, Item: itemOf(client), ConditionExpression } };
  }

  /** Changes the client; fails where it is not as `before` says any more. */
  change(before: ClientRecord, after: ClientRecord): TransactAction {
    return {
      Update: {
        TableName: this.table,
        Key: { id: before.id },
        UpdateExpression:
          'SET #name = :name, scopes = :scopes, secrets = :secrets, version = :version, token_version = :tokens',
        ...unchanged,
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: {
          ':name': after.name,
          ':scopes': after.scopes,
          ':secrets': after.secrets,
          ':tokens': after.tokenVersion,
          ':version': before.version + 1,
          ...oldVersions(before),
        },
      },
    };
  }

  /** Removes the client; fails where it is not as `before` says any more. */
  removal(before: ClientRecord): TransactAction {
    return {
      Delete: {
        TableName: this.table,
        Key: { id: before.id },
        ...unchanged,
        ExpressionAttributeValues: oldVersions(before),
      },
    };
  }

  /** Notes when a client got a token, unless it was deleted or the note is as new already. */
  async noteUse(id: string, usedAt: string): Promise<void> {
    await this.dynamo.update({
      TableName: this.table,
      Key: { id },
      UpdateExpression: 'SET last_used_at = :usedAt',
      ConditionExpression:
        'attribute_exists(id) AND (attribute_type(last_used_at, :null) OR last_used_at < :usedAt)',
      ExpressionAttributeValues: { ':usedAt': usedAt, ':null': 'NULL' },
    });
  }
}

function oldVersions({ version, tokenVersion }: ClientRecord) {
  return { ':oldVersion': version, ':oldTokens': tokenVersion };
}

/** A page of clients; `next` is the place after which the following one begins. */
interface ClientRecordPage {
  clients: ClientRecord[];
  next: string | undefined;
}
