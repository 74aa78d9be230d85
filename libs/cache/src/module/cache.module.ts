import { randomUUID } from 'node:crypto';
import { CacheModule as NestCacheModule, CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { ColdCache } from '../cold/cold-cache.ts';
import { coldStore } from '../cold/cold-store.ts';
import { Caches, type CachesOptions } from './caches.ts';

/** Where the options come from. */
export interface CacheModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...parts: never[]) => CachesOptions;
}

/**
 * Gives an app its `Caches` (versioned, hot) and its `ColdCache` (cache-manager), over one connection.
 *
 * Failure: none at start; the connection is made in the background.
 */
@Module({})
export class CacheModule {
  /** The module, once for an app, with options from a factory. Its providers are seen everywhere. */
  static forRoot(options: CacheModuleOptions): DynamicModule {
    const hot: DynamicModule = {
      module: HotCacheModule,
      imports: options.imports ?? [],
      providers: [
        {
          provide: Caches,
          inject: options.inject ?? [],
          useFactory: (...parts: never[]) => new Caches(options.useFactory(...parts)).start(),
        },
      ],
      exports: [Caches],
    };
    const cold = NestCacheModule.registerAsync({
      imports: [hot],
      inject: [Caches],
      useFactory: (caches: Caches) => ({ stores: [coldStore(caches.link.client)] }),
    });
    const coldCache: FactoryProvider<ColdCache> = {
      provide: ColdCache,
      inject: [CACHE_MANAGER, Caches],
      useFactory: (cache: Cache, caches: Caches) => new ColdCache(cache, caches.link, randomUUID),
    };
    return {
      module: CacheModule,
      global: true,
      imports: [hot, cold],
      providers: [coldCache],
      exports: [hot, ColdCache],
    };
  }
}

@Module({})
class HotCacheModule {}
