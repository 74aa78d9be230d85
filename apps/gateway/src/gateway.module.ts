import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuditModule } from '@registrar/audit';
import { CacheModule } from '@registrar/cache';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import {
  documentRoutes,
  gatewayRoutes,
  internalGatewayRoutes,
  topics as gatewayTopics,
} from '@registrar/contracts-gateway';
import { DynamoModule } from '@registrar/dynamodb';
import { EndpointModule } from '@registrar/endpoint';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { ServiceModule } from '@registrar/service';
import { ApiDocsModule } from './api-docs/index.ts';
import { AuditRecordsModule } from './audit/index.ts';
import { CampusController } from './campus/campus.controller.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import { addressOf } from './http/client-address.ts';
import { IdentityModule } from './identity/index.ts';
import { ProxyModule } from './proxy/index.ts';

const name = 'gateway';

/** The proxy answers for the profile, mostly from memory. */
const { me: _, ...ownRoutes } = gatewayRoutes;

/** The gateway's tables, as the stack tool and the CDK read them too. */
export const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));

/** The gateway for a validated config. */
export function gatewayModule(config: GatewayConfig): DynamicModule {
  return {
    module: GatewayModule,
    imports: [
      ServiceModule.forRoot(name, config),
      EndpointModule.forRoot(ownRoutes, documentRoutes, internalGatewayRoutes),
      DynamoModule.forRoot({ service: name, tables, config }),
      MessagingModule.forRoot({
        service: name,
        config,
        topics: [...gatewayTopics, ...courseTopics, ...enrollmentTopics],
      }),
      OutboxModule.forRoot(gatewayTopics),
      AuditModule.forRoot(({ raw }) => addressOf(raw)),
      AuditRecordsModule,
      CacheModule.forRoot({ service: name, config }),
      IdentityModule,
      ProxyModule,
      ApiDocsModule,
    ],
  };
}

@Module({ controllers: [CampusController] })
class GatewayModule {}
