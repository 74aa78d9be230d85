import { Controller } from '@nestjs/common';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { InstanceEvent, RetryLater, ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { MyEnrollmentsCache } from './my-enrollments.cache.ts';

/**
 * Invalidates cached lists a second time, for the writer may have died, or lost Redis, between commit and cache.
 *
 * Once for the service, with an offset that is committed only when Redis was updated; and by every instance, so that
 * one that cannot reach Redis does not keep the others from invalidating it. An entry that contains the change stays.
 */
@Controller()
export class MyEnrollmentsConsumer {
  constructor(private readonly cache: MyEnrollmentsCache) {}

  @ServiceEvent(enrollmentEvents, { concurrency: 16 })
  async enrollmentChanged(event: CloudEvent<EnrollmentEventData>): Promise<void> {
    if (!(await this.forget(event))) throw new RetryLater('The cache cannot be updated now.');
  }

  @InstanceEvent(enrollmentEvents, { concurrency: 16 })
  async onEnrollment(event: CloudEvent<EnrollmentEventData>): Promise<void> {
    await this.forget(event);
  }

  private forget({ data }: CloudEvent<EnrollmentEventData>): Promise<boolean> {
    const { userId, semesterId } = data.enrollment;
    return this.cache.forget(userId, semesterId, data.studentVersion);
  }
}
