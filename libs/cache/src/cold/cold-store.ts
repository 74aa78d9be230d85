import { KeyvAdapter, type CacheManagerStore } from 'cache-manager';
import { redisInsStore } from 'cache-manager-ioredis-yet';
import type { Redis } from 'ioredis';
import { Keyv } from 'keyv';

/**
 * The store behind cache-manager, on a client that exists already.
 *
 * Never used without Keyv around it: the store reads with telejson, which turns a cached string that begins
 * with `_function_` into code. Keyv's own JSON around the value keeps such a string a string
 * (`cold-store.integration.spec.ts`). `clear` (FLUSHDB) and `keys` would reach beyond this cache, and throw.
 */
export function coldStore(client: Redis): Keyv {
  const store = { ...redisInsStore(client), name: 'redis', reset: refuse, keys: refuse };
  // The store was typed for cache-manager 5; what KeyvAdapter calls is the same.
  const adapted = store as unknown as CacheManagerStore;
  return new Keyv({ store: new KeyvAdapter(adapted), namespace: 'cold', throwOnErrors: true });
}

function refuse(): never {
  throw new Error('The cache is shared: neither FLUSHDB nor KEYS is ever sent.');
}
