import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@registrar/idempotency';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { PermitData } from './permit-data.ts';
import { PermitCourses } from './permit-courses.ts';
import { PermitPages } from './permit-pages.ts';
import { PermitRequestsService } from './permit-requests.service.ts';
import { PermitsController } from './permits.controller.ts';
import { PermitsRepository } from './permits.repository.ts';
import { PermitsService } from './permits.service.ts';

/** Permits of single students to take a course although a rule says no, and requests for them. */
@Module({
  imports: [EnrollmentModule, IdempotencyModule, RegistrationModule, UsersModule],
  controllers: [PermitsController],
  providers: [
    PermitCourses,
    PermitData,
    PermitPages,
    PermitRequestsService,
    PermitsRepository,
    PermitsService,
  ],
})
export class PermitsModule {}
