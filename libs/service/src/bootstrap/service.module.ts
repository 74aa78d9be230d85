import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { register } from 'prom-client';
import type { ServiceConfig } from '../config/service-config.ts';
import { HealthRegistry } from '../health/health-registry.ts';
import { CONFIG, METRICS, SERVICE_NAME } from './tokens.ts';

/** What every service shares, global: its name, its config, its health and its metrics registry. */
@Module({})
export class ServiceModule {
  static forRoot(name: string, config: ServiceConfig): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      providers: [
        HealthRegistry,
        { provide: SERVICE_NAME, useValue: name },
        { provide: CONFIG, useValue: config },
        { provide: METRICS, useValue: register },
      ],
      exports: [HealthRegistry, SERVICE_NAME, CONFIG, METRICS],
    };
  }
}
