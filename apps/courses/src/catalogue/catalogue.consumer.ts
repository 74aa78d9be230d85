import { Controller } from '@nestjs/common';
import { courseCancelled, courseCreated, courseUpdated, wholeCourse } from '@registrar/contracts-courses';
import type { CourseEventData } from '@registrar/contracts-courses';
import { countsUnder, enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { userErased, userRegistered, userUpdated } from '@registrar/contracts-gateway';
import type { UserErasedData, UserEventData } from '@registrar/contracts-gateway';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { Catalogue } from './catalogue.ts';
import { InstructorNames } from './instructor-names.ts';
import { SeatCounts } from './seat-counts.ts';

/** Keeps this instance's catalogue, counts and names as the other instances and services say. */
@Controller()
export class CatalogueConsumer {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly counts: SeatCounts,
    private readonly names: InstructorNames,
  ) {}

  @InstanceEvent([courseCreated, courseUpdated, courseCancelled], { concurrency: 8 })
  async courseChanged({ data: { course }, time }: CloudEvent<CourseEventData>): Promise<void> {
    // What is cross-listed shows the seats of a class, in which there may be students.
    const isOfOther = typeof course.crossListedOf === 'string';
    if (course.version === 1 && !isOfOther) this.counts.begin(course.id, Date.parse(time));
    this.counts.recheck(course);
    await this.catalogue.apply(wholeCourse(course));
  }

  @InstanceEvent([userRegistered, userUpdated])
  userChanged({ data: { user } }: CloudEvent<UserEventData>): Promise<void> {
    this.names.applyUser(user);
    return Promise.resolve();
  }

  @InstanceEvent(userErased)
  userErased({ data: { userId } }: CloudEvent<UserErasedData>): Promise<void> {
    this.names.applyUser({ id: userId, name: null });
    return Promise.resolve();
  }

  @InstanceEvent(enrollmentEvents)
  seatsChanged({ data, time }: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { enrollment, classId = enrollment.courseId, counts, sequence } = data;
    const { enrolledCount, waitlistedCount, codes = {} } = counts;
    const happenedAt = Date.parse(time);
    this.counts.applyEvent(classId, { enrolledCount, waitlistedCount, sequence }, happenedAt);
    for (const [id, code] of Object.entries(codes)) {
      const shown = countsUnder(counts, code);
      this.counts.applyEvent(id, { ...shown, waitlistedCount, sequence, classId }, happenedAt);
    }
    return Promise.resolve();
  }
}
