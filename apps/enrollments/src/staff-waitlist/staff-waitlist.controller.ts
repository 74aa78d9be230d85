import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { RosterAccess } from '../roster/roster-access.ts';
import { StaffWaitlistService } from './staff-waitlist.service.ts';

/** Who waits for a course, for those who may see its roster. */
@Controller()
export class StaffWaitlistController {
  constructor(
    private readonly access: RosterAccess,
    private readonly waitlist: StaffWaitlistService,
  ) {}

  @Endpoint(routes.getWaitlist)
  async list({ params, query, user }: Call<typeof routes.getWaitlist>) {
    const { classId } = await this.access.courseFor(user, params.id, 'waitlist');
    return this.waitlist.page(user, classId, query);
  }
}
