import { Injectable } from '@nestjs/common';
import type { OwnWindow } from '@registrar/contracts-enrollments';
import { Problem, clockNow } from '@registrar/service';
import { Campus } from '../enrollment/campus.ts';
import { isPaused, openingFor } from '../enrollment/enrollment-window.rules.ts';
import { SemestersRepository } from '../enrollment/store/semesters.repository.ts';
import { Eligibility } from '../enrollment/student-record/eligibility.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { activeHoldView } from './hold.codec.ts';

/** Says when a student may enroll in a semester, by the same rules as a request for a place. */
@Injectable()
export class OwnWindowService {
  constructor(
    private readonly semesters: SemestersRepository,
    private readonly records: StudentRecords,
    private readonly campus: Campus,
  ) {}

  /** @throws Problem 404 `semester_not_found`, 503 */
  async of(userId: string, semesterId: string): Promise<OwnWindow> {
    const [semester, record] = await Promise.all([
      this.semesters.read(semesterId),
      this.records.read(userId),
    ]);
    if (!semester) throw new Problem(404, 'semester_not_found', 'There is no such semester.');
    const { opensAt, ticket } = openingFor(semester, new Eligibility(record, this.campus.grades));
    const closesAt = semester.enrollmentClosesAt;
    const now = new Date(clockNow()).toISOString();
    const isOpen = now >= opensAt && now < closesAt && !isPaused(semester, now);
    return {
      opensAt,
      closesAt,
      ticket,
      isOpen,
      holds: record.holds.map((hold) => activeHoldView(userId, hold)),
    };
  }
}
