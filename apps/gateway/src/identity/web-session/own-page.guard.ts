import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { CONFIG, Problem } from '@registrar/service';
import type { FastifyRequest } from 'fastify';
import { publicUrlOf } from '../../config/gateway-config.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { isFromOwnPage } from '../../http/own-page.rules.ts';

/** Lets only pages of our own origin call: a page elsewhere must not sign anybody in, on or out. */
@Injectable()
export class OwnPageGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL' | 'LINK_BASE'>) {}

  /** @throws Problem 403 `cross_site_request` */
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (isFromOwnPage(headers, publicUrlOf(this.config))) return true;
    const detail = 'Only pages of this site may call this, with the header X-Registrar-Web: 1.';
    throw new Problem(403, 'cross_site_request', detail);
  }
}
