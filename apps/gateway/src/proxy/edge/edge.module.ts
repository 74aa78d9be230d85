import { Module } from '@nestjs/common';
import { CatalogueEventsController } from './catalogue-events.controller.ts';
import { EdgeCache } from './edge-cache.ts';

/** Catalogue answers that are the same for everybody. */
@Module({
  controllers: [CatalogueEventsController],
  providers: [{ provide: EdgeCache, useFactory: () => new EdgeCache() }],
  exports: [EdgeCache],
})
export class EdgeModule {}
