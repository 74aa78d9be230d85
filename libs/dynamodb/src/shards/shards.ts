import { createHash } from 'node:crypto';

/**
 * Over so many partitions an index is spread whose key is no entity of its own, such as what is pending in a service.
 *
 * A partition takes 1,000 write units a second, and where the sort key only grows it cannot be split. May be raised:
 * readers look at all shards, those of a smaller number included. Before it is lowered, the higher shards have to be
 * empty.
 */
const shardCount = 8;

/** Every shard, by its name. */
export const shards: readonly string[] = Array.from({ length: shardCount }, (_, shard) => String(shard));

/** The shard of what has this id, always the same. */
export function shardOf(id: string): string {
  return String(createHash('sha1').update(id).digest().readUInt8(0) % shardCount);
}
