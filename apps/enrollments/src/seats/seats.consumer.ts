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
    const { enrolledCount, waitlistedCount, reserved = {}, codes = {} } = data.counts;
    const counts = { enrolledCount, waitlistedCount, reserved, sequence: data.sequence };
    const classId = data.classId ?? data.enrollment.courseId;
    this.board.applyChange(classId, (state) => withCounts(state, counts));
    for (const [id, { enrolledCount: codeCount }] of Object.entries(codes))
      this.board.applyChange(id, (state) => withCounts(state, { ...counts, codeCount }));
    return Promise.resolve();
  }

  @InstanceEvent([courseCreated, courseUpdated, courseCancelled])
  async courseChanged({ data: { course } }: CloudEvent<CourseEventData>): Promise<void> {
    // What is cross-listed goes by two courses, of which the event says one.
    if (typeof course.crossListedOf === 'string') return this.board.readAgain([course.id]);
    const { status, capacity, reservations = [], version: courseVersion } = course;
    const rules = { status, capacity, reservations, courseVersion };
    this.board.applyChange(course.id, (state) => withRules(state, rules));
    await this.board.readAgain(this.board.codesOf(course.id));
  }
}
