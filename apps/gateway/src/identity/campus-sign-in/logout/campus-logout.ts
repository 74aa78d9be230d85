import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import { publicUrlOf } from '../../../config/gateway-config.ts';
import type { GatewayConfig } from '../../../config/gateway-config.ts';
import { CampusLogoutUrl } from '../../sessions/campus-logout-url.ts';
import type { CampusSignIn } from '../../sessions/session.ts';
import { CampusSignInService } from '../campus-sign-in.service.ts';
import { CampusProviders } from '../provider/campus-providers.ts';
import { SignInRefused } from '../sign-in-refused.ts';

/** Signing out of the campus too (OpenID Connect RP-Initiated Logout 1.0). */
@Injectable()
export class CampusLogout extends CampusLogoutUrl {
  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly providers: CampusProviders,
    private readonly signIn: CampusSignInService,
  ) {
    super();
  }

  /** Where to go after a session has ended that began so; null where the provider is not to be told, or is away. */
  override async after(campus: CampusSignIn | undefined): Promise<string | null> {
    if (!campus) return null;
    const provider = this.providers.find(campus.provider);
    if (!provider?.settings.logout) return null;
    try {
      const returnUrl = `${publicUrlOf(this.config)}/sign-in`;
      return (await provider.endSessionUrl(returnUrl, this.signIn.idTokenOf(campus))) ?? null;
    } catch (error) {
      if (error instanceof SignInRefused) return null;
      throw error;
    }
  }
}
