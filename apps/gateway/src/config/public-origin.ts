import type { GatewayConfig } from './gateway-config.ts';

/** Where people and programs reach the gateway, such as `https://registrar.example`. */
export function publicOrigin({ LINK_BASE }: Pick<GatewayConfig, 'LINK_BASE'>): string {
  return new URL(LINK_BASE).origin;
}
