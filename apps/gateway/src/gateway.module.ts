import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuthModule, KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import { CacheModule } from '@registrar/cache';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { DynamoModule } from '@registrar/dynamodb';
import { EndpointModule } from '@registrar/endpoint';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { ServiceModule } from '@registrar/service';
import { IdentityModule } from './identity/identity.module.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import { ApiDocsModule } from './api-docs/api-docs.module.ts';
import { ProxyModule } from './proxy/proxy.module.ts';
import { KeysModule } from './identity/keys/keys.module.ts';
import { SigningKeys } from './identity/keys/signing-keys.ts';
import { RevocableVerifier } from './identity/revocations/revocable-verifier.ts';
import { RevocationsModule } from './identity/revocations/revocations.module.ts';

const name = 'gateway';

/** The gateway's tables, as the stack tool and the CDK read them too. */
export const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));

/** The gateway for a validated config. */
export function gatewayModule(config: GatewayConfig): DynamicModule {
  return {
    module: GatewayModule,
    imports: [
      ServiceModule.forRoot(name, config),
      EndpointModule,
      DynamoModule.forRoot({ service: name, tables, config }),
      MessagingModule.forRoot({
        service: name,
        config,
        topics: [...gatewayTopics, ...courseTopics, ...enrollmentTopics],
      }),
      OutboxModule.forRoot(),
      CacheModule.forRoot({ service: name, config }),
      KeysModule,
      RevocationsModule,
      AuthModule.forRoot(
        { provide: KEY_SOURCE, useExisting: SigningKeys },
        { provide: TokenVerifier, useClass: RevocableVerifier },
        [KeysModule, RevocationsModule],
      ),
      IdentityModule,
      ApiDocsModule,
      ProxyModule,
    ],
  };
}

@Module({})
class GatewayModule {}
