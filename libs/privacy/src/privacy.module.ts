import { Global, Module } from '@nestjs/common';
import { PersonalDataRegistry } from './personal-data-registry.ts';

/** Provides `PersonalDataRegistry`, one for the application, to every module. */
@Global()
@Module({ providers: [PersonalDataRegistry], exports: [PersonalDataRegistry] })
export class PrivacyModule {}
