import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { SeatsModule } from '../seats/seats.module.ts';
import { InternalController } from './internal.controller.ts';
import { OfferingsConsumer } from './offerings.consumer.ts';
import { OfferingsService } from './offerings.service.ts';
import { SemestersService } from './semesters.service.ts';

/** Courses and semesters as the courses service announces them, and what it reads of seats. */
@Module({
  imports: [EnrollmentModule, RegistrationModule, SeatsModule],
  controllers: [InternalController, OfferingsConsumer],
  providers: [OfferingsService, SemestersService],
})
export class OfferingsModule {}
