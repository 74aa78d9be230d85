import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { CampusSignInModule } from '../campus-sign-in/campus-sign-in.module.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { SignInModule } from '../sign-in/sign-in.module.ts';
import { WebSessionController } from './web-session.controller.ts';

/** Sessions of browsers, by a cookie. */
@Module({
  imports: [AccountsModule, CampusSignInModule, SessionsModule, SignInModule],
  controllers: [WebSessionController],
})
export class WebSessionModule {}
