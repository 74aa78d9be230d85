import { connectConsumers } from '@registrar/messaging';
import { startService } from '@registrar/service';
import { enrollmentsConfig } from './enrollments.config.ts';
import { EnrollmentsModule } from './enrollments.module.ts';

await startService({
  name: 'enrollments',
  config: enrollmentsConfig,
  module: (config) => EnrollmentsModule.forRoot(config),
  prepare: connectConsumers,
});
