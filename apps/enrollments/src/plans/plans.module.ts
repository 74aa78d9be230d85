import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RegistrationModule } from '../registration/registration.module.ts';
import { SeatsModule } from '../seats/seats.module.ts';
import { PlanCheck } from './plan-check.ts';
import { PlanData } from './plan-data.ts';
import { PlansController } from './plans.controller.ts';
import { PlansRepository } from './plans.repository.ts';
import { PlansService } from './plans.service.ts';

/** What students plan to take, and what it would come to. */
@Module({
  imports: [EnrollmentModule, RegistrationModule, SeatsModule],
  controllers: [PlansController],
  providers: [PlanCheck, PlanData, PlansRepository, PlansService],
})
export class PlansModule {}
