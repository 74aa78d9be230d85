import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.ts';
import { AttemptCookies } from './attempts/attempt-cookies.ts';
import { UsedTokensRepository } from './attempts/used-tokens.repository.ts';
import { CampusSignInController } from './campus-sign-in.controller.ts';
import { CampusSignInService } from './campus-sign-in.service.ts';
import { IdentitiesController } from './identities/identities.controller.ts';
import { IdentitiesService } from './identities/identities.service.ts';
import { IdentityData } from './identities/identity-data.ts';
import { IdentityRepository } from './identities/identity.repository.ts';
import { BackchannelLogoutController } from './logout/backchannel-logout.controller.ts';
import { BackchannelLogoutService } from './logout/backchannel-logout.service.ts';
import { CampusLogout } from './logout/campus-logout.ts';
import { CampusSessions } from './logout/campus-sessions.ts';
import { LogoutTokens } from './logout/logout-tokens.ts';
import { CampusAccounts } from './people/campus-accounts.service.ts';
import { CampusProviders } from './provider/campus-providers.ts';
import { CampusLogoutUrl } from '../sessions/campus-logout-url.ts';
import { SessionsModule } from '../sessions/sessions.module.ts';
import { UsersModule } from '../users/users.module.ts';

/** Sign-in by the campus (OpenID Connect). */
@Module({
  imports: [AccountsModule, SessionsModule, UsersModule],
  controllers: [BackchannelLogoutController, CampusSignInController, IdentitiesController],
  providers: [
    AttemptCookies,
    BackchannelLogoutService,
    CampusAccounts,
    CampusProviders,
    CampusSessions,
    CampusSignInService,
    IdentitiesService,
    IdentityData,
    IdentityRepository,
    LogoutTokens,
    UsedTokensRepository,
    { provide: CampusLogoutUrl, useClass: CampusLogout },
  ],
  exports: [CampusLogoutUrl],
})
export class CampusSignInModule {}
