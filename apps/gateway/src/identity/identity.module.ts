import { Module } from '@nestjs/common';
import { AuthModule, KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import { PrivacyModule } from '@registrar/privacy';
import { AccountData } from './accounts/account-data.ts';
import { AccountLedger } from './accounts/account-ledger.ts';
import { AccountRepository } from './accounts/account.repository.ts';
import { AttemptRepository } from './attempts/attempt.repository.ts';
import { AuditLog } from './audit/audit-log.ts';
import { ErasureConsumer } from './erasure/erasure.consumer.ts';
import { ErasureController } from './erasure/erasure.controller.ts';
import { ErasureService } from './erasure/erasure.service.ts';
import { ErasuresRepository } from './erasure/erasures.repository.ts';
import { ExportData } from './export/export-data.ts';
import { ExportController } from './export/export.controller.ts';
import { ExportService } from './export/export.service.ts';
import { ExportsRepository } from './export/exports.repository.ts';
import { ServicesData } from './export/services-data.ts';
import { KeysModule } from './keys/keys.module.ts';
import { SigningKeys } from './keys/signing-keys.ts';
import { PasswordChangeController } from './passwords/password-change.controller.ts';
import { PasswordChangeService } from './passwords/password-change.service.ts';
import { PasswordHasher } from './passwords/password-hasher.ts';
import { InternalResetsController } from './resets/internal-resets.controller.ts';
import { PasswordResetController } from './resets/password-reset.controller.ts';
import { PasswordResetRepository } from './resets/password-reset.repository.ts';
import { PasswordResetService } from './resets/password-reset.service.ts';
import { RevocableVerifier } from './revocations/revocable-verifier.ts';
import { RevocationsModule } from './revocations/revocations.module.ts';
import { AccessTokens } from './sessions/access-tokens.ts';
import { SessionController } from './sessions/session.controller.ts';
import { SessionData } from './sessions/session-data.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { SessionService } from './sessions/session.service.ts';
import { Devices } from './sign-in/devices.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignInService } from './sign-in/sign-in.service.ts';
import { SignUpController } from './sign-up/sign-up.controller.ts';
import { SignUpService } from './sign-up/sign-up.service.ts';
import { InternalUsersController } from './users/internal-users.controller.ts';
import { ProfileCache } from './users/profile-cache.ts';
import { UserEventsController } from './users/user-events.controller.ts';
import { UserService } from './users/user.service.ts';
import { UsersController } from './users/users.controller.ts';
import { SessionCookie } from './web-session/session-cookie.ts';
import { WebSessionController } from './web-session/web-session.controller.ts';

/** Accounts, sessions and passwords. Keys and revocations are modules of their own: verifying tokens needs no more. */
@Module({
  imports: [
    AuthModule.forRoot(
      { provide: KEY_SOURCE, useExisting: SigningKeys },
      { provide: TokenVerifier, useClass: RevocableVerifier },
      [KeysModule, RevocationsModule],
    ),
    KeysModule,
    PrivacyModule,
    RevocationsModule,
  ],
  controllers: [
    ErasureConsumer,
    ErasureController,
    ExportController,
    InternalResetsController,
    InternalUsersController,
    PasswordChangeController,
    PasswordResetController,
    SessionController,
    SignInController,
    SignUpController,
    UserEventsController,
    UsersController,
    WebSessionController,
  ],
  providers: [
    AccessTokens,
    AccountData,
    AccountLedger,
    AccountRepository,
    AttemptRepository,
    AuditLog,
    Devices,
    ErasureService,
    ErasuresRepository,
    ExportData,
    ExportService,
    ExportsRepository,
    ServicesData,
    PasswordChangeService,
    PasswordHasher,
    PasswordResetRepository,
    PasswordResetService,
    ProfileCache,
    SessionCookie,
    SessionData,
    SessionRepository,
    SessionService,
    SignInService,
    SignUpService,
    UserService,
    { provide: RevocableVerifier, useExisting: TokenVerifier },
  ],
  exports: [AuditLog, ProfileCache, RevocableVerifier, RevocationsModule],
})
export class IdentityModule {}
