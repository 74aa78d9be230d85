import 'reflect-metadata';
import { connectConsumers } from '@registrar/messaging';
import { startService } from '@registrar/service';
import { notificationsConfig } from './notifications.config.ts';
import { NotificationsModule } from './notifications.module.ts';
import { serviceName } from './service-parts.ts';

await startService({
  name: serviceName,
  config: notificationsConfig,
  module: (config) => NotificationsModule.forRoot(config),
  prepare: connectConsumers,
});
