import { Injectable } from '@nestjs/common';
import type { PlanCheck as CheckedPlan } from '@registrar/contracts-enrollments';
import { clockNow } from '@registrar/service';
import { Campus } from '../enrollment/campus.ts';
import { openingFor } from '../enrollment/enrollment-window.rules.ts';
import { Eligibility } from '../enrollment/student-record/eligibility.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { SetReader } from '../registration/commit/set-reader.ts';
import { StudentPlan } from '../registration/planning/student-plan.ts';
import { checkPlan } from './check-plan.rules.ts';
import { coursesOfPlan } from './plan.rules.ts';
import { PlansService } from './plans.service.ts';

/**
 * Says what a student's plan would come to at the own opening, or now where that has passed, on what is known now.
 *
 * It costs two calls of the store where the meetings of its courses are in memory, and one more for each fifty courses or
 * so beyond the first. Failure: throws StoreUnavailable.
 */
@Injectable()
export class PlanCheck {
  constructor(
    private readonly plans: PlansService,
    private readonly sets: SetReader,
    private readonly records: StudentRecords,
    private readonly campus: Campus,
  ) {}

  /** @throws Problem 404 `semester_not_found`, 503 */
  async check(userId: string, semesterId: string): Promise<CheckedPlan> {
    const { plan, semester } = await this.plans.find(userId, semesterId);
    const add = coursesOfPlan(plan).map((courseId) => ({ courseId, joinWaitlist: false }));
    const {
      courses,
      student = await this.withNothing(userId, semesterId),
      offerings,
    } = await this.sets.read({ userId, add, drop: [] });
    const { opensAt } = openingFor(semester, new Eligibility(student.record, this.campus.grades));
    const now = new Date(Math.max(clockNow(), Date.parse(opensAt))).toISOString();
    const entries = checkPlan(plan.entries, { courses, student, offerings, now, campus: this.campus });
    return { opensAt, entries };
  }

  /** Of an empty plan nothing is judged. */
  private async withNothing(userId: string, semesterId: string): Promise<StudentPlan> {
    const nothing = { userId, semesterId, version: 0, entries: [], retryDue: false };
    return new StudentPlan(nothing, new Map(), await this.records.read(userId));
  }
}
