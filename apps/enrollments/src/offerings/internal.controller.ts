import { Controller } from '@nestjs/common';
import { internalEnrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { SeatsRepository } from '../seats/seats.repository.ts';
import { OfferingsService } from './offerings.service.ts';
import { SemestersService } from './semesters.service.ts';

/** What the courses service asks of this one. */
@Controller()
export class InternalController {
  constructor(
    private readonly offerings: OfferingsService,
    private readonly semesters: SemestersService,
    private readonly seats: SeatsRepository,
  ) {}

  @Endpoint(routes.putOffering)
  putOffering({ params, body }: Call<typeof routes.putOffering>) {
    return this.offerings.putCourse(params.courseId, body);
  }

  @Endpoint(routes.putSemesterWindows)
  async putSemester({ params, body }: Call<typeof routes.putSemesterWindows>) {
    await this.semesters.put(params.id, body);
    return { semesterId: params.id, version: body.version };
  }

  @Endpoint(routes.getSeatCounts)
  async batchGet({ body }: Call<typeof routes.getSeatCounts>) {
    return { items: await this.seats.read(body.courseIds) };
  }
}
