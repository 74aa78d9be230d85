import { Module } from '@nestjs/common';
import { UsersModule } from '@registrar/users-projection';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { RosterAccess } from '../roster/roster-access.ts';
import { WaitlistRanks } from './waitlist-ranks.ts';
import { WaitlistController } from './waitlist.controller.ts';
import { WaitlistRepository } from './waitlist.repository.ts';
import { WaitlistService } from './waitlist.service.ts';

/** Positions on waitlists, and who waits. */
@Module({
  imports: [EnrollmentModule, UsersModule],
  controllers: [WaitlistController],
  providers: [RosterAccess, WaitlistRanks, WaitlistRepository, WaitlistService],
  exports: [WaitlistRanks],
})
export class WaitlistModule {}
