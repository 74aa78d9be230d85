import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { SeatsModule } from '../seats/seats.module.ts';
import { InternalController } from './internal.controller.ts';
import { OfferingsConsumer } from './offerings.consumer.ts';
import { OfferingsService } from './offerings.service.ts';
import { SemestersService } from './semesters.service.ts';

/** What the courses service tells of courses and semesters, and asks of seats. */
@Module({
  imports: [EnrollmentModule, RegistrationModule, SeatsModule],
  controllers: [InternalController, OfferingsConsumer],
  providers: [OfferingsService, SemestersService],
})
export class OfferingsModule {}
