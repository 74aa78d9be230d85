import { Redis } from 'ioredis';
import type { Addresses } from '../backing/part.ts';
import { dropTables, dropTopics } from './schema.ts';
import type { SystemPrefixes } from './system.ts';

const keysAtATime = 500;

/** Removes the keys of one system, a few at a time; other keys of that Redis stay. */
async function dropKeys(url: string, prefix: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await client.connect();
  try {
    const match = `${prefix.replaceAll(/[*?[\]\\]/g, '\\$&')}*`;
    for await (const keys of client.scanStream({ match, count: keysAtATime }) as AsyncIterable<string[]>) {
      if (keys.length > 0) await client.unlink(keys);
    }
  } finally {
    client.disconnect();
  }
}

/** Empties what a system keeps in external backing services: its tables, topics and keys, nothing else. */
export async function emptyExternal(external: Partial<Addresses>, prefixes: SystemPrefixes): Promise<void> {
  if (external.DYNAMODB_ENDPOINT !== undefined) {
    await dropTables({ DYNAMODB_ENDPOINT: external.DYNAMODB_ENDPOINT }, prefixes.TABLE_PREFIX);
  }
  if (external.KAFKA_BROKERS !== undefined) {
    await dropTopics({ KAFKA_BROKERS: external.KAFKA_BROKERS }, prefixes.TOPIC_PREFIX);
  }
  if (external.REDIS_URL !== undefined) await dropKeys(external.REDIS_URL, prefixes.CACHE_PREFIX);
  if (external.JOBS_REDIS_URL !== undefined) await dropKeys(external.JOBS_REDIS_URL, prefixes.JOBS_PREFIX);
}
