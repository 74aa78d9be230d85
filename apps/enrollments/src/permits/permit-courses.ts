import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { Problem, forbidden } from '@registrar/service';
import { isInstructor } from '../enrollment/access.rules.ts';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { SemesterRetention } from '../enrollment/semester-retention.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { courseMissing } from '../seats/course-missing.ts';

/** The courses of permits, as they are now: who grants in them, and who may ask. */
@Injectable()
export class PermitCourses {
  constructor(
    private readonly offerings: OfferingCache,
    private readonly retention: SemesterRetention,
  ) {}

  /** TTL of what is said of permits in a course, seconds; undefined where its semester is not known. */
  keptUntil({ semesterId }: Pick<Offering, 'semesterId'>): Promise<number | undefined> {
    return this.retention.permits(semesterId);
  }

  /**
   * A course whose permits `user` grants: its instructors and registrars.
   *
   * @throws Problem 403 `forbidden`; 404 `course_not_found`, also for a draft that is somebody else's; 503
   */
  async granting(user: Identity, courseId: string): Promise<Offering> {
    const course = await this.offerings.courseNow(courseId);
    if (!course) throw courseMissing();
    const { seats, offering } = course;
    if (hasRole(user, 'registrar') || isInstructor(user, offering.instructorIds)) return offering;
    if (seats.status === 'draft') throw courseMissing();
    throw forbidden("Permits of a course are for its instructors and the registrar's office.");
  }

  /**
   * The course that somebody asks for a permit in.
   *
   * @throws Problem 404 `course_not_found`, for a draft too; 409 `course_not_open` for a cancelled one; 503
   */
  async asking(courseId: string): Promise<Offering> {
    const course = await this.offerings.courseNow(courseId);
    if (!course || course.seats.status === 'draft') throw courseMissing();
    if (course.seats.status !== 'cancelled') return course.offering;
    const detail = 'The course was cancelled and does not take place. A permit would be of no use.';
    throw new Problem(409, 'course_not_open', detail);
  }
}
