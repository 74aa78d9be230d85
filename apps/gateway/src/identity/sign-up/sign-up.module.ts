import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { ConfirmationsModule } from '../confirmations/confirmations.module.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { SignInModule } from '../sign-in/sign-in.module.ts';
import { SignUpController } from './sign-up.controller.ts';
import { SignUpService } from './sign-up.service.ts';
import { UsersModule } from '../users/users.module.ts';

/** Registration of an account by its owner. */
@Module({
  imports: [AccountsModule, ConfirmationsModule, PasswordsModule, SessionsModule, SignInModule, UsersModule],
  controllers: [SignUpController],
  providers: [SignUpService],
})
export class SignUpModule {}
