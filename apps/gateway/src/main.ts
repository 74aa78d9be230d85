import { connectConsumers } from '@registrar/messaging';
import { startService } from '@registrar/service';
import { gatewayConfig } from './config/gateway-config.ts';
import { openFrontDoor } from './front/open-front-door.ts';
import { gatewayModule } from './gateway.module.ts';

await startService({
  name: 'gateway',
  config: gatewayConfig,
  module: gatewayModule,
  prepare: async (app, config) => {
    openFrontDoor(app, config);
    await connectConsumers(app);
  },
});
