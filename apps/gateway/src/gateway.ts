import { connectConsumers } from '@registrar/messaging';
import type { ServiceDefinition } from '@registrar/service';
import { gatewayConfig } from './config/gateway-config.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import { gatewayModule } from './gateway.module.ts';
import { installEdgeProxy } from './proxy/index.ts';

/** The gateway, as `startService` starts it. */
export const gateway: ServiceDefinition<GatewayConfig> = {
  name: 'gateway',
  config: gatewayConfig,
  module: gatewayModule,
  prepare: async (app, config) => {
    installEdgeProxy(app, config);
    await connectConsumers(app);
  },
};
