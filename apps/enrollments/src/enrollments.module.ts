import { Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit, Provider } from '@nestjs/common';
import { AuthModule } from '@registrar/auth';
import { CacheModule, Caches } from '@registrar/cache';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { Dynamo, DynamoModule, IdempotentRequests } from '@registrar/dynamodb';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { EndpointModule } from '@registrar/endpoint';
import { HealthRegistry, ServiceModule } from '@registrar/service';
import tables from '../tables.json' with { type: 'json' };
import type { EnrollmentsConfig } from './enrollments.config.ts';
import { HistoryReader } from './history/history.reader.ts';
import { DryRun } from './import/dry-run.ts';
import { ImportCommit } from './import/import-commit.ts';
import { ImportController } from './import/import.controller.ts';
import { ImportService } from './import/import.service.ts';
import { InternalController } from './offerings/internal.controller.ts';
import { OfferingsConsumer } from './offerings/offerings.consumer.ts';
import { OfferingsService } from './offerings/offerings.service.ts';
import { SemestersService } from './offerings/semesters.service.ts';
import { OwnEnrollmentsCache } from './own/own-enrollments.cache.ts';
import { OwnEnrollmentsConsumer } from './own/own-enrollments.consumer.ts';
import { OwnEnrollmentsController } from './own/own-enrollments.controller.ts';
import { OwnEnrollmentsRepository } from './own/own-enrollments.repository.ts';
import { OwnEnrollmentsService } from './own/own-enrollments.service.ts';
import { PendingSweeper } from './pending/pending-sweeper.ts';
import { PendingWork } from './pending/pending-work.ts';
import { Rejudging } from './pending/rejudging.ts';
import { GatewayPeople } from './people/gateway-people.ts';
import { PeopleConsumer } from './people/people.consumer.ts';
import { PeopleProjection } from './people/people.projection.ts';
import { PeopleRepository } from './people/people.repository.ts';
import { AfterCommit } from './registration/commit/after-commit.ts';
import { CourseCommitter } from './registration/commit/course-committer.ts';
import { FollowUps } from './registration/commit/follow-ups.ts';
import { GroupCommit } from './registration/commit/group-commit.ts';
import { GroupReader } from './registration/commit/group-view.ts';
import { SwapCommit } from './registration/commit/swap-commit.ts';
import { EnrollmentReader } from './registration/enrollment-reader.ts';
import { RegistrationController } from './registration/registration.controller.ts';
import { RegistrationService } from './registration/registration.service.ts';
import { CurrentEnrollments } from './registration/store/current-enrollments.ts';
import { OfferingCache } from './registration/store/offering-cache.ts';
import { SemestersRepository } from './registration/store/semesters.repository.ts';
import { ViewRepository } from './registration/store/view.repository.ts';
import { RecentChanges } from './roster/recent-changes.ts';
import { RecentChangesConsumer } from './roster/recent-changes.consumer.ts';
import { RosterAccess } from './roster/roster-access.ts';
import { RosterController } from './roster/roster.controller.ts';
import { RosterRepository } from './roster/roster.repository.ts';
import { RosterService } from './roster/roster.service.ts';
import { SeatStreams } from './seats/seat-streams.ts';
import { SeatsBoard } from './seats/seats-board.ts';
import { SeatsConsumer } from './seats/seats.consumer.ts';
import { SeatsController } from './seats/seats.controller.ts';
import { SeatsRepository } from './seats/seats.repository.ts';
import { WaitlistRanks } from './waitlist/waitlist-ranks.ts';

const registration: Provider[] = [
  AfterCommit,
  CourseCommitter,
  CurrentEnrollments,
  EnrollmentReader,
  FollowUps,
  GroupCommit,
  GroupReader,
  OfferingCache,
  RegistrationService,
  SemestersRepository,
  SwapCommit,
  ViewRepository,
  {
    provide: IdempotentRequests,
    inject: [Dynamo],
    useFactory: (dynamo: Dynamo) => new IdempotentRequests(dynamo),
  },
];

const imports: Provider[] = [DryRun, ImportCommit, ImportService];

const rosters: Provider[] = [RecentChanges, RosterAccess, RosterRepository, RosterService];

const seats: Provider[] = [SeatStreams, SeatsBoard, SeatsRepository];

/** The enrollments service: seats, waitlists and who has them. */
@Module({})
export class EnrollmentsModule implements OnModuleInit {
  constructor(
    private readonly caches: Caches,
    private readonly health: HealthRegistry,
  ) {}

  static forRoot(config: EnrollmentsConfig): DynamicModule {
    const service = 'enrollments';
    const topics = [...enrollmentTopics, ...courseTopics, ...gatewayTopics];
    return {
      module: EnrollmentsModule,
      imports: [
        ServiceModule.forRoot(service, config),
        EndpointModule,
        AuthModule.forRoot(),
        DynamoModule.forRoot({ service, tables, config }),
        CacheModule.forRoot({
          useFactory: () => ({ redisUrl: config.REDIS_URL, prefix: `${config.CACHE_PREFIX}${service}:` }),
        }),
        MessagingModule.forRoot({ service, config, topics }),
        OutboxModule.forRoot(),
      ],
      controllers: [
        ImportController,
        InternalController,
        OwnEnrollmentsController,
        RegistrationController,
        OfferingsConsumer,
        OwnEnrollmentsConsumer,
        PeopleConsumer,
        RecentChangesConsumer,
        RosterController,
        SeatsConsumer,
        SeatsController,
      ],
      providers: [
        ...registration,
        GatewayPeople,
        HistoryReader,
        OfferingsService,
        OwnEnrollmentsCache,
        OwnEnrollmentsRepository,
        OwnEnrollmentsService,
        PendingSweeper,
        PendingWork,
        PeopleProjection,
        PeopleRepository,
        Rejudging,
        SemestersService,
        ...imports,
        ...rosters,
        ...seats,
        WaitlistRanks,
      ],
    };
  }

  onModuleInit(): void {
    this.health.register('redis', 'at-start', () => this.caches.check());
  }
}
