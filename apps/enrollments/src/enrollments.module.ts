import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuthModule } from '@registrar/auth';
import { AuditModule } from '@registrar/audit';
import { CacheModule } from '@registrar/cache';
import { topics as courseTopics } from '@registrar/contracts-courses';
import {
  enrollmentRoutes,
  internalEnrollmentRoutes,
  topics as enrollmentTopics,
} from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { DynamoModule } from '@registrar/dynamodb';
import { MessagingModule, OutboxModule } from '@registrar/messaging';
import { EndpointModule } from '@registrar/endpoint';
import { PrivacyModule } from '@registrar/privacy';
import { ServiceModule } from '@registrar/service';
import { UsersModule } from '@registrar/users-projection';
import tables from '../tables.json' with { type: 'json' };
import type { EnrollmentsConfig } from './enrollments.config.ts';
import { ImportModule } from './import/import.module.ts';
import { OfferingsModule } from './offerings/offerings.module.ts';
import { HoldsModule } from './holds/holds.module.ts';
import { MyEnrollmentsModule } from './my-enrollments/my-enrollments.module.ts';
import { DeferredWorkModule } from './deferred-work/deferred-work.module.ts';
import { PermitsModule } from './permits/permits.module.ts';
import { RegistrationModule } from './registration/registration.module.ts';
import { RosterModule } from './roster/roster.module.ts';
import { StaffWaitlistModule } from './staff-waitlist/staff-waitlist.module.ts';
import { StudentsModule } from './students/students.module.ts';
import { PlansModule } from './plans/plans.module.ts';
import { TransferModule } from './transfer/transfer.module.ts';
import { SeatsModule } from './seats/seats.module.ts';

const service = 'enrollments';

/** The enrollments service: seats, waitlists and who has them. */
@Module({
  imports: [
    ImportModule,
    OfferingsModule,
    MyEnrollmentsModule,
    DeferredWorkModule,
    HoldsModule,
    PermitsModule,
    StaffWaitlistModule,
    StudentsModule,
    UsersModule,
    RegistrationModule,
    RosterModule,
    SeatsModule,
    PlansModule,
    TransferModule,
  ],
})
export class EnrollmentsModule {
  static forRoot(config: EnrollmentsConfig): DynamicModule {
    const topics = [...enrollmentTopics, ...courseTopics, ...gatewayTopics];
    return {
      module: EnrollmentsModule,
      imports: [
        ServiceModule.forRoot(service, config),
        EndpointModule.forRoot(enrollmentRoutes, internalEnrollmentRoutes),
        AuthModule.forRoot(),
        DynamoModule.forRoot({ service, tables, config }),
        CacheModule.forRoot({ service, config }),
        MessagingModule.forRoot({ service, config, topics }),
        OutboxModule.forRoot(),
        AuditModule.forRoot(),
        PrivacyModule.forService(),
      ],
    };
  }
}
