import { Injectable } from '@nestjs/common';
import type { OwnSeats } from '@registrar/contracts-enrollments';
import { clockNow } from '@registrar/service';
import { Campus } from '../enrollment/campus.ts';
import { ownSeatsOf } from '../enrollment/seats.rules.ts';
import { Eligibility } from '../enrollment/student-record/eligibility.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { courseMissing } from './course-missing.ts';
import { SeatsRepository } from './seats.repository.ts';

/** Says how many seats a student could take now, by the same rules as a request for one. Reads consistently. */
@Injectable()
export class OwnSeatsService {
  constructor(
    private readonly seats: SeatsRepository,
    private readonly records: StudentRecords,
    private readonly campus: Campus,
  ) {}

  /** @throws Problem 404 `course_not_found`, also for a draft; 503 */
  async of(userId: string, courseId: string): Promise<OwnSeats> {
    const [seats, record] = await Promise.all([this.seats.one(courseId), this.records.read(userId)]);
    if (!seats || seats.status === 'draft') throw courseMissing();
    const now = new Date(clockNow()).toISOString();
    return ownSeatsOf(seats, new Eligibility(record, this.campus.grades), now);
  }
}
