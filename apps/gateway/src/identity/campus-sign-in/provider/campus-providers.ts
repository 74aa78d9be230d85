import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Problem } from '@registrar/service';
import { publicUrlOf } from '../../../config/gateway-config.ts';
import type { GatewayConfig } from '../../../config/gateway-config.ts';
import { CampusProvider } from './campus-provider.ts';

/** The providers of the campus, by their ids in the settings. */
@Injectable()
export class CampusProviders {
  private readonly byId: ReadonlyMap<string, CampusProvider>;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    const base = `${publicUrlOf(config)}/api/auth/oidc`;
    const providers = (config.OIDC_PROVIDERS ?? []).map(
      (settings) => [settings.id, new CampusProvider(settings, `${base}/${settings.id}/callback`)] as const,
    );
    this.byId = new Map(providers);
  }

  /** Undefined where the settings name none of this id. */
  find(id: string): CampusProvider | undefined {
    return this.byId.get(id);
  }

  /** @throws Problem 404 `provider_not_found` */
  named(id: string): CampusProvider {
    const provider = this.byId.get(id);
    if (!provider) throw new Problem(404, 'provider_not_found', 'No provider of the campus has this id.');
    return provider;
  }
}
