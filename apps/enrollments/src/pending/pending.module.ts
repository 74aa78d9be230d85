import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { PendingSweeper } from './pending-sweeper.ts';
import { PendingWork } from './pending-work.ts';
import { Rejudging } from './rejudging.ts';

/** Work that commits leave: promotions, ended enrollments, waiting places to be judged again. */
@Module({
  imports: [EnrollmentModule, RegistrationModule],
  providers: [PendingSweeper, PendingWork, Rejudging],
})
export class PendingModule {}
