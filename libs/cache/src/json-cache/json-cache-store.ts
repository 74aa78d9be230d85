import { KeyvAdapter } from 'cache-manager';
import type { Redis } from 'ioredis';
import { Keyv } from 'keyv';
import { bareStore } from './bare-store.ts';

/**
 * The store behind cache-manager, on a client that exists already.
 *
 * Never used without Keyv around it: the store reads with telejson, which turns a cached string that begins
 * with `_function_` into code. Keyv's own JSON around the value keeps such a string a string
 * (`json-cache-store.integration.spec.ts`). `clear` (FLUSHDB) and `keys` would reach beyond this cache, and throw.
 */
export function jsonCacheStore(client: Redis): Keyv {
  const store = { ...bareStore(client), reset: refuse, keys: refuse };
  return new Keyv({ store: new KeyvAdapter(store), namespace: 'cold', throwOnErrors: true });
}

async function refuse(): Promise<never> {
  throw new Error('The cache is shared: neither FLUSHDB nor KEYS is ever sent.');
}
