import { Controller } from '@nestjs/common';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { RecentChanges } from './recent-changes.ts';

/** Receives every change, on every instance, for rosters that are read right after it. */
@Controller()
export class RecentChangesConsumer {
  constructor(private readonly changes: RecentChanges) {}

  @InstanceEvent(enrollmentEvents)
  enrollmentChanged({ data }: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { grade = null, reservation = null, dropOnPromotion = null } = data.enrollment;
    const enrollment = { ...data.enrollment, grade, reservation, dropOnPromotion };
    this.changes.note(enrollment, data.classId);
    return Promise.resolve();
  }
}
