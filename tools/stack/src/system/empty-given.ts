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

/** Empties what a system keeps in given backing services: its tables, topics and keys, nothing else. */
export async function emptyGiven(given: Partial<Addresses>, prefixes: SystemPrefixes): Promise<void> {
  if (given.DYNAMODB_ENDPOINT !== undefined) {
    await dropTables({ DYNAMODB_ENDPOINT: given.DYNAMODB_ENDPOINT }, prefixes.TABLE_PREFIX);
  }
  if (given.KAFKA_BROKERS !== undefined) {
    await dropTopics({ KAFKA_BROKERS: given.KAFKA_BROKERS }, prefixes.TOPIC_PREFIX);
  }
  if (given.REDIS_URL !== undefined) await dropKeys(given.REDIS_URL, prefixes.CACHE_PREFIX);
  if (given.JOBS_REDIS_URL !== undefined) await dropKeys(given.JOBS_REDIS_URL, prefixes.JOBS_PREFIX);
}
