import { Controller } from '@nestjs/common';
import { courseCancelled, courseCreated, courseUpdated, semesterUpdated } from '@registrar/contracts-courses';
import type { CourseEventData } from '@registrar/contracts-courses';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { textOf } from '../routing/target.rules.ts';
import { EdgeCache } from './edge-cache.ts';

/**
 * Invalidates the edge cache by the catalogue's events, on every instance. A changed course may be in any list;
 * changed counts concern the course and what is cross-listed with it, and lists are a second old at most.
 */
@Controller()
export class CatalogueEventsController {
  constructor(private readonly edge: EdgeCache) {}

  @InstanceEvent([courseCreated, courseUpdated, courseCancelled])
  courseChanged(_event: CloudEvent<CourseEventData>): Promise<void> {
    this.edge.invalidateAll();
    return Promise.resolve();
  }

  @InstanceEvent(semesterUpdated)
  semesterChanged(): Promise<void> {
    this.edge.invalidateAll();
    return Promise.resolve();
  }

  @InstanceEvent(enrollmentEvents)
  countsChanged({ data }: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { enrollment, classId = enrollment.courseId, counts } = data;
    for (const id of [classId, ...Object.keys(counts.codes ?? {})])
      this.edge.invalidate(textOf({ path: `/api/courses/${id}`, query: '' }));
    return Promise.resolve();
  }
}
