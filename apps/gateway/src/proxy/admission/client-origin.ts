import type { IncomingMessage } from 'node:http';
import { compile } from '@fastify/proxy-addr';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';

/** Addresses looked at in `X-Forwarded-For`, from the nearest on. */
const maxHops = 16;
const address = /^[0-9a-fA-F.:]{2,45}$/;

/**
 * Where a request comes from.
 *
 * `X-Forwarded-For` is believed as far as trusted proxies wrote it: from its end, up to the first address that
 * is not one of them. Without trusted proxies only the socket counts.
 */
@Injectable()
export class ClientOrigin {
  private readonly trusted: ((address: string, hop: number) => boolean) | undefined;

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'TRUSTED_PROXIES'>) {
    this.trusted = config.TRUSTED_PROXIES && compile(config.TRUSTED_PROXIES);
  }

  /** Whether it can be another address than the socket's. */
  get looksBehindProxies(): boolean {
    return this.trusted !== undefined;
  }

  of(request: IncomingMessage): string {
    const socket = request.socket.remoteAddress ?? 'unknown';
    if (!this.trusted || !this.trusted(socket, 0)) return socket;
    const header = request.headers['x-forwarded-for'];
    const hops = String(header ?? '')
      .split(',', 100)
      .map((hop) => hop.trim())
      .slice(-maxHops)
      .reverse();
    let nearest = socket;
    for (const [at, hop] of hops.entries()) {
      if (!address.test(hop)) return nearest;
      nearest = hop;
      if (!this.trusted(hop, at + 1)) return nearest;
    }
    return nearest;
  }
}
