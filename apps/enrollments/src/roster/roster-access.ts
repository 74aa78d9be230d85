import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { Dynamo } from '@registrar/dynamodb';
import { forbidden } from '@registrar/service';
import { isInstructor } from '../enrollment/access.rules.ts';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { seatsOf } from '../enrollment/store/seats.codec.ts';
import type { SeatsItem } from '../enrollment/store/seats.codec.ts';
import { courseMissing } from '../seats/course-missing.ts';

/** Decides who may see a roster, on what the course is now. */
@Injectable()
export class RosterAccess {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly offerings: OfferingCache,
  ) {}

  /**
   * The course whose roster `user` may see: its instructors and registrars.
   *
   * @throws Problem 403 `forbidden`; 404 `course_not_found`, also for a draft that is somebody else's
   */
  async courseFor(user: Identity, courseId: string): Promise<Offering> {
    const item = await this.dynamo.get<SeatsItem>({
      TableName: this.dynamo.tables.name('course_seats'),
      Key: { course_id: courseId },
      ConsistentRead: true,
    });
    const seats = item && seatsOf(item);
    // Who teaches a course may change: its version shows whether memory is current.
    const offering = seats && (await this.offerings.atVersion(courseId, seats.courseVersion));
    if (!offering) throw courseMissing();
    const may = hasRole(user, 'registrar') || isInstructor(user, offering.instructorIds);
    if (may) return offering;
    if (seats.status === 'draft') throw courseMissing();
    throw forbidden("A course's roster is for its instructors and the registrar's office.");
  }
}
