import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { ClientSecretsService } from './client-secrets.service.ts';
import { ClientRepository } from './client.repository.ts';
import { ClientsController } from './clients.controller.ts';
import { ClientsService } from './clients.service.ts';
import { ClientTokens } from './token/client-tokens.ts';
import { OAuthController } from './token/oauth.controller.ts';
import { TokenService } from './token/token.service.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { RevocationsModule } from '../revocations/revocations.module.ts';

/** API clients of the campus (OAuth 2.0 client credentials). */
@Module({
  imports: [AccountsModule, IdempotencyModule, KeysModule, RevocationsModule],
  controllers: [ClientsController, OAuthController],
  providers: [ClientRepository, ClientSecretsService, ClientsService, ClientTokens, TokenService],
})
export class ClientsModule {}
