import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { HistoryModule } from '../history/history.module.ts';
import { WaitlistModule } from '../waitlist/waitlist.module.ts';
import { OwnEnrollmentsCache } from './own-enrollments.cache.ts';
import { OwnEnrollmentsConsumer } from './own-enrollments.consumer.ts';
import { OwnEnrollmentsController } from './own-enrollments.controller.ts';
import { OwnEnrollmentsRepository } from './own-enrollments.repository.ts';
import { OwnEnrollmentsService } from './own-enrollments.service.ts';

/** A student's own enrollments. */
@Module({
  imports: [EnrollmentModule, HistoryModule, WaitlistModule],
  controllers: [OwnEnrollmentsController, OwnEnrollmentsConsumer],
  providers: [OwnEnrollmentsCache, OwnEnrollmentsRepository, OwnEnrollmentsService],
  exports: [OwnEnrollmentsCache],
})
export class OwnModule {}
