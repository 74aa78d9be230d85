import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptsModule } from '../attempts/attempts.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { PasswordsModule } from '../passwords/passwords.module.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { Devices } from './devices.ts';
import { SignInController } from './sign-in.controller.ts';
import { SignInService } from './sign-in.service.ts';

/** Signing in by mail and password, and the devices that did before. */
@Module({
  imports: [AccountsModule, AttemptsModule, AuditModule, PasswordsModule, SessionsModule],
  controllers: [SignInController],
  providers: [Devices, SignInService],
  exports: [Devices],
})
export class SignInModule {}
