import { Controller, Inject } from '@nestjs/common';
import { CachedBody } from '@registrar/cache';
import { gatewayRoutes as routes, retentionsAsSet } from '@registrar/contracts-gateway';
import type { Campus } from '@registrar/contracts-gateway';
import { Endpoint } from '@registrar/endpoint';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../config/gateway-config.ts';

/** What is known of the campus before anybody has signed in; made once, from the configuration. */
@Controller()
export class CampusController {
  private readonly body: CachedBody;
  private readonly retentions: CachedBody;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    this.body = CachedBody.of(JSON.stringify(campusOf(config)));
    this.retentions = CachedBody.of(JSON.stringify(retentionsAsSet(config)));
  }

  @Endpoint(routes.campus)
  campus() {
    return { body: this.body, source: 'l1' } as const;
  }

  @Endpoint(routes.retention)
  retention() {
    return { body: this.retentions, source: 'l1' } as const;
  }
}

function campusOf(config: GatewayConfig): Campus {
  return {
    name: config.CAMPUS_NAME,
    timeZone: config.CAMPUS_TIME_ZONE,
    locales: config.CAMPUS_LOCALES,
    registration: { selfService: config.SELF_REGISTRATION, confirmation: config.EMAIL_CONFIRMATION },
    signIn: [
      { id: 'password', kind: 'password', name: 'Password' },
      ...(config.OIDC_PROVIDERS ?? []).map(({ id, name }) => ({ id, kind: 'oidc' as const, name })),
    ],
    grading: { grades: config.GRADES, passMark: config.PASS_MARK },
  };
}
