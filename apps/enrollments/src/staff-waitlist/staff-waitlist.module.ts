import { Module } from '@nestjs/common';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { StaffWaitlistController } from './staff-waitlist.controller.ts';
import { StaffWaitlistService } from './staff-waitlist.service.ts';
import { WaitingStudentsRepository } from './waiting-students.repository.ts';

/** Who waits for a course, for its instructors and registrars. */
@Module({
  imports: [EnrollmentModule, RosterModule, UsersModule],
  controllers: [StaffWaitlistController],
  providers: [StaffWaitlistService, WaitingStudentsRepository],
})
export class StaffWaitlistModule {}
