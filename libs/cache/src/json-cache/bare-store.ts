import type { CacheManagerStore } from 'cache-manager';
import { redisInsStore } from 'cache-manager-ioredis-yet';
import type { Redis } from 'ioredis';

/**
 * The store of cache-manager-ioredis-yet on a client that exists. Not to be used as it is: see `jsonCacheStore`.
 * It was typed for cache-manager 5, hence the cast; what is called of it is the same.
 */
export function bareStore(client: Redis): CacheManagerStore {
  return { ...(redisInsStore(client) as unknown as CacheManagerStore), name: 'redis' };
}
