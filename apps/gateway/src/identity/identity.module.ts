import { Module } from '@nestjs/common';
import { AuthModule, KEY_SOURCE, TokenVerifier } from '@registrar/auth';
import { IdempotencyModule } from '@registrar/idempotency';
import { ImportSlots } from '@registrar/service';
import { PrivacyModule } from '@registrar/privacy';
import { AccountData } from './accounts/account-data.ts';
import { AccountLedger } from './accounts/account-ledger.ts';
import { AccountLookup } from './accounts/account-lookup.ts';
import { AccountRepository } from './accounts/account.repository.ts';
import { ActiveAdmins } from './accounts/active-admins.ts';
import { AttemptRepository } from './attempts/attempt.repository.ts';
import { Guesses } from './attempts/guesses.ts';
import { AuditLog } from './audit/audit-log.ts';
import { ClientRepository } from './clients/client.repository.ts';
import { ClientSecretsService } from './clients/client-secrets.service.ts';
import { ClientsController } from './clients/clients.controller.ts';
import { ClientsService } from './clients/clients.service.ts';
import { ClientTokens } from './clients/token/client-tokens.ts';
import { OAuthController } from './clients/token/oauth.controller.ts';
import { TokenService } from './clients/token/token.service.ts';
import { AdminBootstrapController } from './bootstrap/admin-bootstrap.controller.ts';
import { AdminBootstrapService } from './bootstrap/admin-bootstrap.service.ts';
import { DirectoryEventsController } from './directory/directory-events.controller.ts';
import { UserDirectory } from './directory/user-directory.ts';
import { ConfirmationController } from './confirmations/confirmation.controller.ts';
import { ConfirmationRepository } from './confirmations/confirmation.repository.ts';
import { ConfirmationService } from './confirmations/confirmation.service.ts';
import { AttemptCookies } from './campus-sign-in/attempts/attempt-cookies.ts';
import { UsedTokensRepository } from './campus-sign-in/attempts/used-tokens.repository.ts';
import { CampusSignInController } from './campus-sign-in/campus-sign-in.controller.ts';
import { CampusSignInService } from './campus-sign-in/campus-sign-in.service.ts';
import { IdentitiesController } from './campus-sign-in/identities/identities.controller.ts';
import { IdentitiesService } from './campus-sign-in/identities/identities.service.ts';
import { IdentityData } from './campus-sign-in/identities/identity-data.ts';
import { IdentityRepository } from './campus-sign-in/identities/identity.repository.ts';
import { BackchannelLogoutController } from './campus-sign-in/logout/backchannel-logout.controller.ts';
import { BackchannelLogoutService } from './campus-sign-in/logout/backchannel-logout.service.ts';
import { CampusLogout } from './campus-sign-in/logout/campus-logout.ts';
import { CampusSessions } from './campus-sign-in/logout/campus-sessions.ts';
import { LogoutTokens } from './campus-sign-in/logout/logout-tokens.ts';
import { CampusAccounts } from './campus-sign-in/people/campus-accounts.service.ts';
import { CampusProviders } from './campus-sign-in/provider/campus-providers.ts';
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
import { InternalMailsController } from './mails/internal-mails.controller.ts';
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
import { SessionData } from './sessions/session-data.ts';
import { SessionRepository } from './sessions/session.repository.ts';
import { SessionService } from './sessions/session.service.ts';
import { UserSessionsController } from './sessions/user-sessions.controller.ts';
import { UserSessions } from './sessions/user-sessions.service.ts';
import { Devices } from './sign-in/devices.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignInService } from './sign-in/sign-in.service.ts';
import { SignUpController } from './sign-up/sign-up.controller.ts';
import { SignUpService } from './sign-up/sign-up.service.ts';
import { InternalUsersController } from './users/internal-users.controller.ts';
import { ProfileCache } from './users/profile-cache.ts';
import { UserEventsController } from './users/user-events.controller.ts';
import { UserSearchService } from './users/user-search.service.ts';
import { UserService } from './users/user.service.ts';
import { UserWriter } from './users/user-writer.ts';
import { UsersController } from './users/users.controller.ts';
import { UserImportController } from './user-import/user-import.controller.ts';
import { UserImportService } from './user-import/user-import.service.ts';
import { SessionCookie } from './web-session/session-cookie.ts';
import { WebSessionController } from './web-session/web-session.controller.ts';

/** Accounts, sessions, passwords and API clients. Keys and revocations are modules of their own: verifying tokens needs no more. */
@Module({
  imports: [
    AuthModule.forRoot(
      { provide: KEY_SOURCE, useExisting: SigningKeys },
      { provide: TokenVerifier, useClass: RevocableVerifier },
      [KeysModule, RevocationsModule],
    ),
    IdempotencyModule,
    KeysModule,
    PrivacyModule,
    RevocationsModule,
  ],
  controllers: [
    ClientsController,
    AdminBootstrapController,
    DirectoryEventsController,
    ConfirmationController,
    InternalMailsController,
    BackchannelLogoutController,
    CampusSignInController,
    IdentitiesController,
    ErasureConsumer,
    ErasureController,
    ExportController,
    InternalResetsController,
    InternalUsersController,
    OAuthController,
    PasswordChangeController,
    PasswordResetController,
    SessionController,
    SignInController,
    SignUpController,
    UserEventsController,
    UserImportController,
    UserSessionsController,
    UsersController,
    WebSessionController,
  ],
  providers: [
    AccessTokens,
    AccountData,
    AccountLedger,
    AccountLookup,
    AccountRepository,
    ActiveAdmins,
    AdminBootstrapService,
    AttemptRepository,
    AttemptCookies,
    AuditLog,
    ClientRepository,
    ClientSecretsService,
    ClientsService,
    ClientTokens,
    Devices,
    ImportSlots,
    ConfirmationRepository,
    ConfirmationService,
    Guesses,
    BackchannelLogoutService,
    CampusAccounts,
    CampusProviders,
    CampusSessions,
    CampusSignInService,
    IdentitiesService,
    IdentityData,
    IdentityRepository,
    LogoutTokens,
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
    TokenService,
    UserDirectory,
    UserImportService,
    UserSearchService,
    UserWriter,
    UserSessions,
    UsedTokensRepository,
    UserService,
    { provide: CampusLogoutUrl, useClass: CampusLogout },
    { provide: RevocableVerifier, useExisting: TokenVerifier },
  ],
  exports: [AuditLog, ProfileCache, RevocableVerifier, RevocationsModule],
})
export class IdentityModule {}
