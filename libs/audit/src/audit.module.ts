import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ADDRESS_OF, HttpAudit, forwardedAddress } from './http/http-audit.ts';
import type { AddressOf } from './http/http-audit.ts';
import { Auditor } from './record/auditor.ts';

/** Provides `Auditor`, everywhere in the app, and records 403s and audited reads. Needs `OutboxModule`. */
@Module({})
export class AuditModule {
  /** @param addressOf how the client's address is found; by the gateway's word when left out */
  static forRoot(addressOf: AddressOf = forwardedAddress): DynamicModule {
    return {
      module: AuditModule,
      global: true,
      providers: [Auditor, HttpAudit, { provide: ADDRESS_OF, useValue: addressOf }],
      exports: [Auditor],
    };
  }
}
