import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { DeferredWorkSweeper } from './deferred-work-sweeper.ts';
import { DeferredWork } from './deferred-work.ts';
import { Rejudging } from './rejudging.ts';

/** Work that commits leave: promotions, ended enrollments, waiting places to be judged again. */
@Module({
  imports: [EnrollmentModule, RegistrationModule],
  providers: [DeferredWorkSweeper, DeferredWork, Rejudging],
})
export class DeferredWorkModule {}
