import type { Server, ServerResponse } from 'node:http';
import { connectConsumers } from '@registrar/messaging';
import { clockNow } from '@registrar/service';
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
    if (config.TEST_CLOCK_FILE !== undefined) sayClock(app.getHttpServer());
    await connectConsumers(app);
  },
};

/** Every `Date` is the time of the clock that tests set: clients count down by it. */
function sayClock(server: Server): void {
  server.prependListener('request', (_request, response: ServerResponse) => {
    response.setHeader('date', new Date(clockNow()).toUTCString());
  });
}
