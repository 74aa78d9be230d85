import { Inject, Injectable } from '@nestjs/common';
import type { AuditQuery, AuditRecord } from '@registrar/contracts-gateway';
import { Dynamo, conditionHeld, shards } from '@registrar/dynamodb';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../config/gateway-config.ts';
import { actionShardOf, itemOf, recordOf } from './audit-row.ts';
import type { AuditItem, StoredAudit } from './audit-row.ts';
import { newestFirst } from './newest-first.rules.ts';

/** Items that one request looks through for a second filter, and those of one read. */
const mostLookedThrough = 5_000;
const perRead = 500;
/** Beyond every position: they begin with a digit. */
const end = '~';

/** What an index tells of a record. */
type Indexed = Pick<AuditItem, 'shard' | 'at_id'>;

type Filters = Pick<AuditQuery, 'actorId' | 'subjectId' | 'action'>;

/** Some of the records that were asked for; `next` is where the others begin. */
interface AuditSlice {
  records: AuditRecord[];
  next: string | undefined;
}

/** Places of records, the newest first. */
interface Places {
  items: Indexed[];
  next: string | undefined;
}

/** One partition of the table or of an index, with what is filtered in it. */
interface Partition {
  index: string | undefined;
  key: readonly [attribute: string, value: string];
  filter?: Readonly<Record<string, string | undefined>>;
}

/**
 * The records, which are only ever added; a TTL removes them after `RETENTION_AUDIT_DAYS`.
 *
 * All of them, and those of one action, are spread over shards, which a page merges; those of one actor or subject are
 * together. A page costs one read for each shard, or, with a second filter, reads of at most 5,000 items.
 */
@Injectable()
export class AuditRepository {
  private readonly table: string;

  constructor(
    private readonly dynamo: Dynamo,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'RETENTION_AUDIT_DAYS'>,
  ) {
    this.table = dynamo.tables.name('audit');
  }

  /** Keeps a record; a copy of one that is there changes nothing. */
  async append(record: StoredAudit): Promise<void> {
    await conditionHeld(
      this.dynamo.put({
        TableName: this.table,
        Item: { ...itemOf(record, this.config.RETENTION_AUDIT_DAYS) },
        ConditionExpression: 'attribute_not_exists(at_id)',
      }),
    );
  }

  /** The newest before a position. A slice may hold fewer than `limit`, or none, where there are more. */
  async page(filters: Filters, limit: number, before = end): Promise<AuditSlice> {
    const { items, next } = await this.places(filters, limit, before);
    const keys = items.map(({ shard, at_id }) => ({ shard, at_id }));
    const found = await this.dynamo.getAll<AuditItem>('audit', keys);
    return { records: found.map(recordOf), next };
  }

  private places({ actorId, subjectId, action }: Filters, limit: number, before: string): Promise<Places> {
    if (subjectId !== undefined) {
      const filter = { actor_id: actorId, action };
      const key = ['subject_id', subjectId] as const;
      return this.filtered({ index: 'AuditBySubject', key, filter }, limit, before);
    }
    if (actorId !== undefined) {
      const key = ['actor_id', actorId] as const;
      return this.filtered({ index: 'AuditByActor', key, filter: { action } }, limit, before);
    }
    const partitions = shards.map((shard): Partition => {
      if (action === undefined) return { index: undefined, key: ['shard', shard] };
      return { index: 'AuditByAction', key: ['action_shard', actionShardOf(action, shard)] };
    });
    return this.merged(partitions, limit, before);
  }

  private async merged(partitions: readonly Partition[], limit: number, before: string): Promise<Places> {
    const pages = await Promise.all(partitions.map((each) => this.read(each, limit + 1, { before })));
    const { items, hasMore } = newestFirst(
      pages.map((page) => page.items),
      limit,
    );
    return { items, next: hasMore ? items.at(-1)?.at_id : undefined };
  }

  private async filtered(partition: Partition, limit: number, before: string): Promise<Places> {
    const isPlain = Object.values(partition.filter ?? {}).every((value) => value === undefined);
    const found: Indexed[] = [];
    let start: Record<string, unknown> | undefined;
    for (let seen = 0; seen < mostLookedThrough; seen += perRead) {
      const page = await this.read(partition, isPlain ? limit + 1 : perRead, { before, start });
      found.push(...page.items);
      start = page.next;
      if (found.length > limit || !start) break;
    }
    const items = found.slice(0, limit);
    if (found.length > limit) return { items, next: items.at(-1)?.at_id };
    return { items, next: start && String(start['at_id']) };
  }

  private read(
    { index, key: [attribute, value], filter = {} }: Partition,
    limit: number,
    { before, start }: { before: string; start?: Record<string, unknown> | undefined },
  ) {
    const wanted = Object.entries(filter).filter(([, each]) => each !== undefined);
    return this.dynamo.query<Indexed>({
      TableName: this.table,
      ...(index !== undefined && { IndexName: index }),
      KeyConditionExpression: '#key = :key AND at_id < :before',
      ...(wanted.length > 0 && {
        FilterExpression: wanted.map(([name]) => `#${name} = :${name}`).join(' AND '),
      }),
      ProjectionExpression: '#shard, at_id',
      ExpressionAttributeNames: {
        '#shard': 'shard',
        '#key': attribute,
        ...Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ':key': value,
        ':before': before,
        ...Object.fromEntries(wanted.map(([name, each]) => [`:${name}`, each])),
      },
      ScanIndexForward: false,
      Limit: limit,
      ...(start && { ExclusiveStartKey: start }),
    });
  }
}
