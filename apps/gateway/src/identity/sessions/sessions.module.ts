import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { AccessTokens } from './access-tokens.ts';
import { SessionController } from './session.controller.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';

/** Sessions and their tokens. */
@Module({
  imports: [AccountsModule, AuditModule, KeysModule],
  controllers: [SessionController],
  providers: [AccessTokens, SessionRepository, SessionService],
  exports: [SessionRepository, SessionService],
})
export class SessionsModule {}
