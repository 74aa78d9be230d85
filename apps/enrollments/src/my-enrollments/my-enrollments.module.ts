import { Module } from '@nestjs/common';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { HistoryModule } from '../history/history.module.ts';
import { WaitlistModule } from '../waitlist/waitlist.module.ts';
import { EnrollmentData } from './enrollment-data.ts';
import { MyEnrollmentsCache } from './my-enrollments.cache.ts';
import { MyEnrollmentsConsumer } from './my-enrollments.consumer.ts';
import { MyEnrollmentsController } from './my-enrollments.controller.ts';
import { MyEnrollmentsRepository } from './my-enrollments.repository.ts';
import { MyEnrollmentsService } from './my-enrollments.service.ts';

/** A student's own enrollments. */
@Module({
  imports: [EnrollmentModule, HistoryModule, UsersModule, WaitlistModule],
  controllers: [MyEnrollmentsController, MyEnrollmentsConsumer],
  providers: [EnrollmentData, MyEnrollmentsCache, MyEnrollmentsRepository, MyEnrollmentsService],
  exports: [MyEnrollmentsCache],
})
export class MyEnrollmentsModule {}
