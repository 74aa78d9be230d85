import { Injectable } from '@nestjs/common';
import type { Hold, HoldsQuery } from '@registrar/contracts-enrollments';
import { Dynamo, shards } from '@registrar/dynamodb';
import { holdOf, holdsTable, placedKey } from './hold.codec.ts';
import type { HoldItem } from './hold.codec.ts';

/** Items looked at for one page, at most: a filter that fits hardly any ends with a shorter page. */
const maxSeen = 20_000;

/** What holds are listed by. */
export type HoldFilter = Pick<HoldsQuery, 'userId' | 'office' | 'active'>;

/** Reads holds, newest first. Failure: throws StoreUnavailable. */
@Injectable()
export class HoldsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /** One hold, read consistently. */
  async byId(id: string): Promise<Hold | undefined> {
    const item = await this.dynamo.get<HoldItem>(holdsTable, { id });
    return item && holdOf(item);
  }

  /** All of a student, released ones too. */
  async ofUser(userId: string): Promise<Hold[]> {
    const query = this.query('HoldsByUser', 'user_id', userId, {}, undefined);
    const items = await Array.fromAsync(this.dynamo.queryAll<HoldItem>(query, maxSeen));
    return items.map(holdOf);
  }

  /** Deletes all of a student. */
  async deleteOf(userId: string): Promise<void> {
    const table = this.dynamo.tables.name(holdsTable);
    const holds = await this.ofUser(userId);
    await this.dynamo.batchWrite(holds.map(({ id }) => ({ table, delete: { id } })));
  }

  /** Up to `limit` holds after the place `before` in the list. */
  async page(filter: HoldFilter, before: string | undefined, limit: number): Promise<Hold[]> {
    const parts =
      filter.userId === undefined
        ? shards.map((shard) => this.query('HoldsByTime', 'list_shard', shard, filter, before))
        : [this.query('HoldsByUser', 'user_id', filter.userId, filter, before)];
    const found = await Promise.all(parts.map((query) => this.first(query, limit)));
    return found
      .flat()
      .sort((a, b) => (placedKey(a) < placedKey(b) ? 1 : -1))
      .slice(0, limit);
  }

  private async first(query: ReturnType<HoldsRepository['query']>, limit: number): Promise<Hold[]> {
    const holds: Hold[] = [];
    for await (const item of this.dynamo.queryAll<HoldItem>(query, maxSeen)) {
      holds.push(holdOf(item));
      if (holds.length >= limit) break;
    }
    return holds;
  }

  private query(
    IndexName: string,
    key: string,
    value: string,
    { office, active }: HoldFilter,
    before: string | undefined,
  ) {
    const filters = [
      ...(office === undefined ? [] : ['office = :office']),
      ...(active === undefined
        ? []
        : [active === 'true' ? 'attribute_not_exists(released_at)' : 'attribute_exists(released_at)']),
    ];
    return {
      TableName: this.dynamo.tables.name(holdsTable),
      IndexName,
      KeyConditionExpression: `${key} = :key${before === undefined ? '' : ' AND placed_key < :before'}`,
      ...(filters.length > 0 && { FilterExpression: filters.join(' AND ') }),
      ExpressionAttributeValues: {
        ':key': value,
        ...(before !== undefined && { ':before': before }),
        ...(office !== undefined && { ':office': office }),
      },
      ScanIndexForward: false,
    };
  }
}
