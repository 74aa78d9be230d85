import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ExportController } from './export/export.controller.ts';
import { PersonalDataRegistry } from './personal-data-registry.ts';

/** Provides `PersonalDataRegistry`, one for the application, to every module. */
@Global()
@Module({ providers: [PersonalDataRegistry], exports: [PersonalDataRegistry] })
export class PrivacyModule {
  /** With the route by which the gateway collects what the service keeps of a person. Needs `EndpointModule`. */
  static forService(): DynamicModule {
    return { module: PrivacyModule, controllers: [ExportController] };
  }
}
