import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { AccessTokens } from './access-tokens.ts';
import { SessionCookie } from './session-cookie.ts';
import { SessionData } from './session-data.ts';
import { SessionController } from './session.controller.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';
import { UserSessionsController } from './user-sessions.controller.ts';
import { UserSessions } from './user-sessions.service.ts';

/** Sessions and their tokens. */
@Module({
  imports: [AccountsModule, KeysModule],
  controllers: [SessionController, UserSessionsController],
  providers: [AccessTokens, SessionCookie, SessionData, SessionRepository, SessionService, UserSessions],
  exports: [SessionCookie, SessionRepository, SessionService, UserSessions],
})
export class SessionsModule {}
