import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CachedBody, entityTag } from '@registrar/cache';
import type { Plan, PlanRequest } from '@registrar/contracts-enrollments';
import { retryOnConflict } from '@registrar/dynamodb';
import type { CachedAnswer } from '@registrar/endpoint';
import type { Answer } from '@registrar/idempotency';
import { Problem, clockNow, refuseStale, validationFailed } from '@registrar/service';
import type { SemesterRules } from '../enrollment/enrollment.types.ts';
import { SemesterRetention } from '../enrollment/semester-retention.ts';
import { coursesOfPlan, planFaults } from './plan.rules.ts';
import { PlansRepository } from './plans.repository.ts';

/**
 * Plans of students for a semester: what they want, by preference. A plan changes nothing else.
 *
 * Guarantee: a plan that is answered is stored. Stating the same again changes nothing.
 */
@Injectable()
export class PlansService {
  constructor(
    private readonly plans: PlansRepository,
    private readonly retention: SemesterRetention,
  ) {}

  /** @throws Problem 404 `semester_not_found`, 503 */
  async one(userId: string, semesterId: string): Promise<CachedAnswer> {
    const { plan } = await this.find(userId, semesterId);
    return { body: CachedBody.of(JSON.stringify(plan)), source: 'load', etagPrefix: plan.version };
  }

  /** @throws Problem 404 `semester_not_found`, 412 where `ifMatch` is given, 422 with every fault, 503 */
  async put(
    userId: string,
    semesterId: string,
    asked: PlanRequest,
    ifMatch: string | undefined,
  ): Promise<Answer<Plan>> {
    return retryOnConflict(async () => {
      const { plan: before, semester } = await this.find(userId, semesterId);
      refuseStale(ifMatch, { thing: 'plan', version: before.version, isNeverMissing: true });
      const courses = await this.plans.courses(coursesOfPlan(asked), semester);
      const faults = planFaults(asked, semesterId, courses);
      if (faults.length > 0) throw validationFailed(faults);
      if (before.version > 0 && isDeepStrictEqual(before.entries, asked.entries)) return planAnswer(before);
      const plan: Plan = { ...before, entries: asked.entries, version: before.version + 1 };
      const now = new Date(clockNow()).toISOString();
      await this.plans.write(userId, plan, { now, keptUntil: this.retention.plans(semester) });
      return planAnswer(plan);
    });
  }

  /** The plan and its semester, in one call of the store. @throws Problem 404 `semester_not_found` */
  async find(userId: string, semesterId: string): Promise<{ plan: Plan; semester: SemesterRules }> {
    const { plan, semester } = await this.plans.read(userId, semesterId);
    if (!semester) throw new Problem(404, 'semester_not_found', 'There is no such semester.');
    return { plan, semester };
  }
}

/** The plan after a change, with the tag that a GET would give it. */
function planAnswer(body: Plan): Answer<Plan> {
  const etag = `"${entityTag(CachedBody.of(JSON.stringify(body)), body.version)}"`;
  return { status: 200, headers: { etag }, body };
}
