import { randomUUID } from 'node:crypto';
import { CacheModule as NestCacheModule, CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { Inject, Logger, Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, OnModuleInit } from '@nestjs/common';
import { HealthRegistry, type ServiceConfig } from '@registrar/service';
import { JsonCache } from '../json-cache/json-cache.ts';
import { jsonCacheStore } from '../json-cache/json-cache-store.ts';
import type { CacheLog } from '../redis/cache-log.ts';
import { Caches, type CachesOptions } from './caches.ts';

/** Whose cache it is, and where. */
interface CacheModuleOptions {
  /** The service's name: its keys, and the epoch of its cache, stand under it. */
  service: string;
  config: Pick<ServiceConfig, 'REDIS_URL' | 'CACHE_PREFIX'>;
  /** What the service's health calls the cache; `redis` when left out. */
  healthName?: string;
  /** Other limits or metrics than the usual ones. */
  caches?: Partial<Pick<CachesOptions, 'limits' | 'registry'>>;
}

const HEALTH_NAME = Symbol('name of the cache in the health answer');
const logger = new Logger('cache');
const log: CacheLog = {
  info: (details, message) => logger.log(details, message),
  warn: (details, message) => logger.warn(details, message),
};

/**
 * Gives an app its `Caches` (versioned, hot) and its `JsonCache` (cache-manager), over one connection, and tells the
 * service's health how Redis is: it is waited for at the start, later it may be away.
 *
 * Failure: none at start; the connection is made in the background.
 */
@Module({})
export class CacheModule implements OnModuleInit {
  constructor(
    @Inject(Caches) private readonly caches: Caches,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(HEALTH_NAME) private readonly healthName: string,
  ) {}

  /** The module, once for an app. Its providers are seen everywhere. */
  static forRoot({ service, config, healthName = 'redis', caches }: CacheModuleOptions): DynamicModule {
    const redisUrl = config.REDIS_URL;
    const prefix = `${config.CACHE_PREFIX}${service}:`;
    const hot: DynamicModule = {
      module: HotCacheModule,
      providers: [
        { provide: Caches, useFactory: () => new Caches({ redisUrl, prefix, log, ...caches }).start() },
      ],
      exports: [Caches],
    };
    const cacheManager = NestCacheModule.registerAsync({
      imports: [hot],
      inject: [Caches],
      useFactory: (made: Caches) => ({ stores: [jsonCacheStore(made.link.client)] }),
    });
    const jsonCache: FactoryProvider<JsonCache> = {
      provide: JsonCache,
      inject: [CACHE_MANAGER, Caches],
      useFactory: (cache: Cache, made: Caches) => new JsonCache(cache, made.link, randomUUID),
    };
    return {
      module: CacheModule,
      global: true,
      imports: [hot, cacheManager],
      providers: [jsonCache, { provide: HEALTH_NAME, useValue: healthName }],
      exports: [hot, JsonCache],
    };
  }

  onModuleInit(): void {
    this.health.register(this.healthName, 'at-start', () => this.caches.check());
  }
}

@Module({})
class HotCacheModule {}
