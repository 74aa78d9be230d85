import { Controller } from '@nestjs/common';
import { enrollmentEvents } from '@registrar/contracts-enrollments';
import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import { RetryLater, ServiceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { OwnEnrollmentsCache } from './own-enrollments.cache.ts';

/**
 * Invalidates cached lists a second time, for the writer may have died, or lost Redis, between commit and cache.
 * The offset is committed only once Redis was told.
 */
@Controller()
export class OwnEnrollmentsConsumer {
  constructor(private readonly cache: OwnEnrollmentsCache) {}

  @ServiceEvent(enrollmentEvents, { lanes: 16 })
  async enrollmentChanged({ data }: CloudEvent<EnrollmentEventData>): Promise<void> {
    const { userId, semesterId } = data.enrollment;
    if (!(await this.cache.forget(userId, semesterId, data.studentVersion)))
      throw new RetryLater('The cache cannot be told now.');
  }
}
