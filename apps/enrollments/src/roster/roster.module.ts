import { Module } from '@nestjs/common';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { WaitlistModule } from '../waitlist/waitlist.module.ts';
import { RecentChanges } from './recent-changes.ts';
import { RecentChangesConsumer } from './recent-changes.consumer.ts';
import { RosterAccess } from './roster-access.ts';
import { RosterController } from './roster.controller.ts';
import { RosterRepository } from './roster.repository.ts';
import { RosterService } from './roster.service.ts';

/** Who is in a course. */
@Module({
  imports: [EnrollmentModule, UsersModule, WaitlistModule],
  controllers: [RosterController, RecentChangesConsumer],
  providers: [RecentChanges, RosterAccess, RosterRepository, RosterService],
  exports: [RosterAccess, RosterService],
})
export class RosterModule {}
