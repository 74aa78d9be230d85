import { Module } from '@nestjs/common';
import { JwksController } from './jwks.controller.ts';
import { SigningKeys } from './signing-keys.ts';

/** The keys of access tokens. */
@Module({ controllers: [JwksController], providers: [SigningKeys], exports: [SigningKeys] })
export class KeysModule {}
