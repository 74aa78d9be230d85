import { shards } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { entryOf, outboxTable, type OutboxEntry, type OutboxItem } from './outbox-entry.ts';

/** An aggregate with something unpublished, as the pending index shows it. */
export interface PendingAggregate {
  aggregate: string;
  /** Highest sequence that the index shows. */
  sequence: number;
  /** When its oldest entry was committed, milliseconds since the epoch. */
  createdAt: number;
}

/** Entries of one aggregate, from the lowest sequence on. */
export interface Backlog {
  entries: OutboxEntry[];
  /** False when there are more than one page of them. */
  complete: boolean;
}

/** What the relay and the sweeper ask of an outbox. */
export interface Outbox {
  upTo(aggregate: string, sequence: number): Promise<Backlog>;
  remove(keys: { aggregate: string; sequence: number }[]): Promise<void>;
  pending(before: number): Promise<PendingAggregate[]>;
}

/** Where a service's unpublished events are: its outbox table. */
export class OutboxStore implements Outbox {
  private readonly table: string;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly pageSize = 50,
  ) {
    this.table = dynamo.tables.name(outboxTable.name);
  }

  /**
   * What is unpublished of `aggregate` up to `sequence`, read consistently.
   *
   * The bound must be committed already: below it nothing can be missing from the answer, above it a commit
   * in between could show without the one before it.
   */
  async upTo(aggregate: string, sequence: number): Promise<Backlog> {
    const page = await this.dynamo.query<OutboxItem>({
      TableName: this.table,
      KeyConditionExpression: '#aggregate = :aggregate AND #sequence <= :sequence',
      ExpressionAttributeNames: { '#aggregate': 'aggregate', '#sequence': 'sequence' },
      ExpressionAttributeValues: { ':aggregate': aggregate, ':sequence': sequence },
      ConsistentRead: true,
      Limit: this.pageSize,
    });
    return { entries: page.items.map(entryOf), complete: page.next === undefined };
  }

  /** Removes entries that Kafka has acknowledged. */
  async remove(keys: { aggregate: string; sequence: number }[]): Promise<void> {
    await this.dynamo.batchWrite(
      keys.map(({ aggregate, sequence }) => ({ table: this.table, delete: { aggregate, sequence } })),
    );
  }

  /** Aggregates with an entry committed before `before` (milliseconds since the epoch), oldest first. */
  async pending(before: number, limitPerShard = 25): Promise<PendingAggregate[]> {
    const pages = await Promise.all(shards.map((shard) => this.pendingOf(shard, before, limitPerShard)));
    const found = new Map<string, PendingAggregate>();
    for (const { aggregate, sequence, created_at: createdAt } of pages.flat()) {
      const known = found.get(aggregate);
      found.set(aggregate, {
        aggregate,
        sequence: Math.max(sequence, known?.sequence ?? 0),
        createdAt: Math.min(createdAt, known?.createdAt ?? createdAt),
      });
    }
    return [...found.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  private async pendingOf(shard: string, before: number, limit: number) {
    const { items } = await this.dynamo.query<Pick<OutboxItem, 'aggregate' | 'sequence' | 'created_at'>>({
      TableName: this.table,
      IndexName: outboxTable.indexes[0].name,
      KeyConditionExpression: 'pending_shard = :shard AND created_at < :before',
      ExpressionAttributeValues: { ':shard': shard, ':before': before },
      Limit: limit,
    });
    return items;
  }
}
