import 'reflect-metadata';
import { connectConsumers } from '@registrar/messaging';
import { startService } from '@registrar/service';
import { notificationsConfig } from './notifications.config.ts';
import { NotificationsModule, serviceName } from './notifications.module.ts';

await startService({
  name: serviceName,
  config: notificationsConfig,
  module: (config) => NotificationsModule.forRoot(config),
  prepare: connectConsumers,
});
