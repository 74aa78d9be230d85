import { readFileSync } from 'node:fs';
import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit, Provider } from '@nestjs/common';
import { AuthModule } from '@registrar/auth';
import { CacheModule, Caches } from '@registrar/cache';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { Dynamo, DynamoModule, IdempotentRequests } from '@registrar/dynamodb';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { EndpointModule } from '@registrar/endpoint';
import { HealthRegistry, ServiceModule } from '@registrar/service';
import { EnrollmentsClient } from './agreement/enrollments.client.ts';
import { IntentSweeper } from './agreement/intent-sweeper.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { CatalogueConsumer } from './catalogue/catalogue.consumer.ts';
import { CourseListService } from './catalogue/course-list.service.ts';
import { CourseReaderService } from './catalogue/course-reader.service.ts';
import { CourseTexts } from './catalogue/course-texts.ts';
import { CoursesController } from './catalogue/courses.controller.ts';
import { CoursesRepository } from './catalogue/courses.repository.ts';
import { RenderedPages } from './catalogue/rendered-pages.ts';
import { SeatCounts } from './catalogue/seat-counts.ts';
import { CourseChangeStore } from './changes/course-change.store.ts';
import { CourseChangesService } from './changes/course-changes.service.ts';
import type { CoursesConfig } from './courses.config.ts';
import { DepartmentsController } from './departments/departments.controller.ts';
import { DepartmentsService } from './departments/departments.service.ts';
import { SemesterChangeStore } from './semesters/semester-change.store.ts';
import { SemesterChangesService } from './semesters/semester-changes.service.ts';
import { SemestersConsumer } from './semesters/semesters.consumer.ts';
import { SemestersController } from './semesters/semesters.controller.ts';
import { SemestersService } from './semesters/semesters.service.ts';

const service = 'courses';

/** The tables of this service, as its `tables.json` declares them. */
export const tables: unknown = JSON.parse(readFileSync(new URL('../tables.json', import.meta.url), 'utf8'));

const idempotentRequests: Provider = {
  provide: IdempotentRequests,
  inject: [Dynamo],
  useFactory: (dynamo: Dynamo) => new IdempotentRequests(dynamo),
};

/** The courses service: the catalogue and what registrars do to it. */
@Module({})
export class CoursesModule implements OnModuleInit {
  constructor(
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(Caches) private readonly caches: Caches,
  ) {}

  /** @param keySource where the keys of access tokens come from; `JWKS_URL` when left out */
  static forRoot(config: CoursesConfig, keySource?: Provider): DynamicModule {
    return {
      module: CoursesModule,
      imports: [
        ServiceModule.forRoot(service, config),
        EndpointModule,
        AuthModule.forRoot(keySource),
        DynamoModule.forRoot({ service, tables, config }),
        CacheModule.forRoot({
          useFactory: () => ({ redisUrl: config.REDIS_URL, prefix: `${config.CACHE_PREFIX}${service}:` }),
        }),
        MessagingModule.forRoot({ service, config, topics: [...courseTopics, ...enrollmentTopics] }),
        OutboxModule.forRoot(),
      ],
      controllers: [
        CoursesController,
        SemestersController,
        DepartmentsController,
        CatalogueConsumer,
        SemestersConsumer,
      ],
      providers: [
        idempotentRequests,
        Catalogue,
        CourseChangeStore,
        CourseChangesService,
        CourseListService,
        CourseReaderService,
        CourseTexts,
        CoursesRepository,
        DepartmentsService,
        EnrollmentsClient,
        IntentSweeper,
        RenderedPages,
        SeatCounts,
        SemesterChangeStore,
        SemesterChangesService,
        SemestersService,
      ],
    };
  }

  onModuleInit(): void {
    this.health.register('redis', 'at-start', () => this.caches.check());
  }
}
