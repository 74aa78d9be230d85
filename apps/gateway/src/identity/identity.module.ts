import { Module } from '@nestjs/common';
import { AuditLog } from './audit/audit-log.ts';
import { KeysModule } from './keys/keys.module.ts';
import { PasswordChangeController } from './passwords/password-change.controller.ts';
import { PasswordChangeService } from './passwords/password-change.service.ts';
import { PasswordHasher } from './passwords/password-hasher.ts';
import { InternalPeopleController } from './people/internal-people.controller.ts';
import { PeopleController } from './people/people.controller.ts';
import { PeopleService } from './people/people.service.ts';
import { ProfileCache } from './people/profile-cache.ts';
import { RegistrationController } from './registration/registration.controller.ts';
import { RegistrationService } from './registration/registration.service.ts';
import { InternalResetsController } from './resets/internal-resets.controller.ts';
import { PasswordResetController } from './resets/password-reset.controller.ts';
import { PasswordResetRepository } from './resets/password-reset.repository.ts';
import { PasswordResetService } from './resets/password-reset.service.ts';
import { RevocationsModule } from './revocations/revocations.module.ts';
import { SessionController } from './sessions/session.controller.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { SessionService } from './sessions/session.service.ts';
import { AttemptRepository } from './attempts/attempt.repository.ts';
import { Devices } from './sign-in/devices.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignInService } from './sign-in/sign-in.service.ts';
import { AccessTokens } from './sessions/access-tokens.ts';
import { AccountLedger } from './accounts/account-ledger.ts';
import { AccountRepository } from './accounts/account.repository.ts';

/** Accounts, sessions, passwords and roles. */
@Module({
  imports: [KeysModule, RevocationsModule],
  controllers: [
    RegistrationController,
    SessionController,
    SignInController,
    PasswordChangeController,
    PasswordResetController,
    PeopleController,
    InternalPeopleController,
    InternalResetsController,
  ],
  providers: [
    AccessTokens,
    AccountLedger,
    AccountRepository,
    AttemptRepository,
    AuditLog,
    Devices,
    PasswordChangeService,
    PasswordHasher,
    PasswordResetRepository,
    PasswordResetService,
    PeopleService,
    ProfileCache,
    RegistrationService,
    SessionRepository,
    SessionService,
    SignInService,
  ],
  exports: [AuditLog, ProfileCache],
})
export class IdentityModule {}
