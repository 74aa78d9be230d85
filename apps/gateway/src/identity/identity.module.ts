import { Module } from '@nestjs/common';
import { AuthModule, KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import { AccountLedger } from './accounts/account-ledger.ts';
import { AccountRepository } from './accounts/account.repository.ts';
import { AttemptRepository } from './attempts/attempt.repository.ts';
import { AuditLog } from './audit/audit-log.ts';
import { AttemptCookies } from './campus-sign-in/attempts/attempt-cookies.ts';
import { UsedTokensRepository } from './campus-sign-in/attempts/used-tokens.repository.ts';
import { CampusSignInController } from './campus-sign-in/campus-sign-in.controller.ts';
import { CampusSignInService } from './campus-sign-in/campus-sign-in.service.ts';
import { IdentitiesController } from './campus-sign-in/identities/identities.controller.ts';
import { IdentitiesService } from './campus-sign-in/identities/identities.service.ts';
import { IdentityRepository } from './campus-sign-in/identities/identity.repository.ts';
import { BackchannelLogoutController } from './campus-sign-in/logout/backchannel-logout.controller.ts';
import { BackchannelLogoutService } from './campus-sign-in/logout/backchannel-logout.service.ts';
import { CampusLogout } from './campus-sign-in/logout/campus-logout.ts';
import { CampusSessions } from './campus-sign-in/logout/campus-sessions.ts';
import { LogoutTokens } from './campus-sign-in/logout/logout-tokens.ts';
import { CampusAccounts } from './campus-sign-in/people/campus-accounts.service.ts';
import { CampusProviders } from './campus-sign-in/provider/campus-providers.ts';
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
import { CampusLogoutUrl } from './sessions/campus-logout-url.ts';
import { SessionController } from './sessions/session.controller.ts';
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
    RevocationsModule,
  ],
  controllers: [
    BackchannelLogoutController,
    CampusSignInController,
    IdentitiesController,
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
    AccountLedger,
    AccountRepository,
    AttemptRepository,
    AttemptCookies,
    AuditLog,
    BackchannelLogoutService,
    CampusAccounts,
    CampusProviders,
    CampusSessions,
    CampusSignInService,
    Devices,
    IdentitiesService,
    IdentityRepository,
    LogoutTokens,
    PasswordChangeService,
    PasswordHasher,
    PasswordResetRepository,
    PasswordResetService,
    ProfileCache,
    SessionCookie,
    SessionRepository,
    SessionService,
    SignInService,
    SignUpService,
    UsedTokensRepository,
    UserService,
    { provide: CampusLogoutUrl, useClass: CampusLogout },
    { provide: RevocableVerifier, useExisting: TokenVerifier },
  ],
  exports: [AuditLog, ProfileCache, RevocableVerifier, RevocationsModule],
})
export class IdentityModule {}
