import { Controller } from '@nestjs/common';
import { courseCancelled, courseCreated, courseUpdated } from '@registrar/contracts-courses';
import type { CourseEventData } from '@registrar/contracts-courses';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { withCounts, withRules } from './seat-state.rules.ts';
import { SeatsBoard } from './seats-board.ts';

/** Receives, on every instance, all that changes seats. */
@Controller()
export class SeatsConsumer {
  constructor(private readonly board: SeatsBoard) {}

  @InstanceEvent(enrollmentEvents)
  enrollmentChanged({ data }: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { enrolledCount, waitlistedCount, reserved = {} } = data.counts;
    const counts = { enrolledCount, waitlistedCount, reserved, sequence: data.sequence };
    this.board.applyChange(data.enrollment.courseId, (state) => withCounts(state, counts));
    return Promise.resolve();
  }

  @InstanceEvent([courseCreated, courseUpdated, courseCancelled])
  courseChanged({ data: { course } }: CloudEvent<CourseEventData>): Promise<void> {
    const { status, capacity, reservations = [], version: courseVersion } = course;
    const rules = { status, capacity, reservations, courseVersion };
    this.board.applyChange(course.id, (state) => withRules(state, rules));
    return Promise.resolve();
  }
}
