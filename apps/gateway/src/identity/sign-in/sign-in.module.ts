import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { ConfirmationsModule } from '../confirmations/confirmations.module.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';
import { ResetsModule } from '../resets/resets.module.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { Devices } from './devices.ts';
import { SignInController } from './sign-in.controller.ts';
import { SignInService } from './sign-in.service.ts';

/** Sign-in by a password. */
@Module({
  imports: [
    AccountsModule,
    AttemptsModule,
    ConfirmationsModule,
    PasswordsModule,
    ResetsModule,
    SessionsModule,
  ],
  controllers: [SignInController],
  providers: [Devices, SignInService],
  exports: [Devices, SignInService],
})
export class SignInModule {}
