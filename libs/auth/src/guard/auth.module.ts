import { Module } from '@nestjs/common';
import type { DynamicModule, ModuleMetadata, Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { JwksKeys } from '../keys/jwks-keys.ts';
import { KEY_SOURCE } from '../keys/key-source.ts';
import { ServiceTokens } from '../tokens/service-tokens.ts';
import { TokenVerifier } from '../tokens/token-verifier.ts';
import { AccessGuard } from './access.guard.ts';

/** Puts the guard on every route of the app. Global: verifier and service tokens can be injected anywhere. */
@Module({})
export class AuthModule {
  /**
   * Keys come from `JWKS_URL`, unless the app has a source of its own (the gateway, which signs).
   * `verifier` may provide `TokenVerifier` by a stricter one, and `imports` what these two need.
   */
  static forRoot(
    keySource: Provider = remoteKeys,
    verifier: Provider = TokenVerifier,
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports,
      providers: [keySource, verifier, ServiceTokens, { provide: APP_GUARD, useClass: AccessGuard }],
      exports: [KEY_SOURCE, TokenVerifier, ServiceTokens],
    };
  }
}

const remoteKeys: Provider = {
  provide: KEY_SOURCE,
  inject: [CONFIG],
  useFactory: (config: ServiceConfig) => new JwksKeys(config.JWKS_URL),
};
