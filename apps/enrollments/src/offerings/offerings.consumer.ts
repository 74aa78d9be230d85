import { Controller } from '@nestjs/common';
import { courseCancelled, courseCreated, courseUpdated, semesterUpdated } from '@registrar/contracts-courses';
import type { CourseEventData, SemesterEventData } from '@registrar/contracts-courses';
import { ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { OfferingsService } from './offerings.service.ts';
import { SemestersService } from './semesters.service.ts';

/**
 * Receives courses and semesters a second time, after the courses service announced them directly: what is known already
 * changes nothing, and a projection that was lost is made again from the first event on.
 */
@Controller()
export class OfferingsConsumer {
  constructor(
    private readonly offerings: OfferingsService,
    private readonly semesters: SemestersService,
  ) {}

  @ServiceEvent([courseCreated, courseUpdated, courseCancelled], { concurrency: 8 })
  async courseChanged({ data: { course, actorId } }: CloudEvent<CourseEventData>): Promise<void> {
    await this.offerings.putCourse(course.id, { ...course, actorId }, { isFact: true });
  }

  @ServiceEvent(semesterUpdated)
  async semesterChanged({ data: { semester } }: CloudEvent<SemesterEventData>): Promise<void> {
    await this.semesters.put(semester.id, semester);
  }
}
