import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { ConfirmationsModule } from '../confirmations/confirmations.module.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { Devices } from './devices.ts';
import { SignInController } from './sign-in.controller.ts';
import { SignInService } from './sign-in.service.ts';
import { SignUpController } from '../sign-up/sign-up.controller.ts';
import { SignUpService } from '../sign-up/sign-up.service.ts';
import { UsersModule } from '../users/users.module.ts';

/** Sign-in by a password, and sign-up. */
@Module({
  imports: [
    AccountsModule,
    AttemptsModule,
    ConfirmationsModule,
    PasswordsModule,
    SessionsModule,
    UsersModule,
  ],
  controllers: [SignInController, SignUpController],
  providers: [Devices, SignInService, SignUpService],
  exports: [Devices, SignInService],
})
export class SignInModule {}
