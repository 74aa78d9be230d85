import { connectConsumers } from '@registrar/messaging';
import { startService } from '@registrar/service';
import { coursesConfig } from './courses.config.ts';
import { CoursesModule } from './courses.module.ts';

await startService({
  name: 'courses',
  config: coursesConfig,
  module: (config) => CoursesModule.forRoot(config),
  prepare: connectConsumers,
});
