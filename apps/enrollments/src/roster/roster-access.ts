import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { forbidden } from '@registrar/service';
import { isInstructor } from '../enrollment/access.rules.ts';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { courseMissing } from '../seats/course-missing.ts';

/** Decides who may see who is in a course, or waits for it, on what the course is now. */
@Injectable()
export class RosterAccess {
  constructor(private readonly offerings: OfferingCache) {}

  /**
   * The course whose roster or waitlist `user` may see: its instructors and registrars.
   *
   * @throws Problem 403 `forbidden`; 404 `course_not_found`, also for a draft that is somebody else's
   */
  async courseFor(
    user: Identity,
    courseId: string,
    list: 'roster' | 'waitlist' = 'roster',
  ): Promise<Offering> {
    const course = await this.offerings.courseNow(courseId);
    if (!course) throw courseMissing();
    const { seats, offering } = course;
    if (hasRole(user, 'registrar') || isInstructor(user, offering.instructorIds)) return offering;
    if (seats.status === 'draft') throw courseMissing();
    throw forbidden(`A course's ${list} is for its instructors and the registrar's office.`);
  }
}
