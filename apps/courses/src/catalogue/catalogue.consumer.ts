import { Controller } from '@nestjs/common';
import { courseCancelled, courseCreated, courseUpdated } from '@registrar/contracts-courses';
import type { CourseEventData } from '@registrar/contracts-courses';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { Catalogue } from './catalogue.ts';
import { SeatCounts } from './seat-counts.ts';

/** Keeps this instance's catalogue and counts as the other instances and enrollments say. Older events change nothing. */
@Controller()
export class CatalogueConsumer {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly counts: SeatCounts,
  ) {}

  @InstanceEvent([courseCreated, courseUpdated, courseCancelled], { concurrency: 8 })
  async courseChanged({ data: { course }, time }: CloudEvent<CourseEventData>): Promise<void> {
    if (course.version === 1) this.counts.begin(course.id, Date.parse(time));
    await this.catalogue.apply(course);
  }

  @InstanceEvent(enrollmentEvents)
  seatsChanged({
    data: { enrollment, counts, sequence },
    time,
  }: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { enrolledCount, waitlistedCount } = counts;
    this.counts.hear(enrollment.courseId, { enrolledCount, waitlistedCount, sequence }, Date.parse(time));
    return Promise.resolve();
  }
}
