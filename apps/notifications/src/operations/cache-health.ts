import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Caches } from '@registrar/cache';
import { HealthRegistry } from '@registrar/service';

/** Says in the service's health whether the cache is used and answers. */
@Injectable()
export class CacheHealth implements OnApplicationBootstrap {
  constructor(
    private readonly caches: Caches,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('redis-cache', 'at-start', () => this.caches.check());
  }
}
