import { Injectable } from '@nestjs/common';
import type { Plan } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import { versionUnder } from '../enrollment/class-codes.rules.ts';
import type { Offering, Seats, SemesterRules } from '../enrollment/enrollment.types.ts';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { semesterOf } from '../enrollment/store/offering.codec.ts';
import type { SemesterItem } from '../enrollment/store/offering.codec.ts';
import { SeatsRepository } from '../seats/seats.repository.ts';
import { planKey, planOf, planPut, plansTable } from './plan.codec.ts';
import type { PlanItem, PlanTimes } from './plan.codec.ts';

/** A plan, and the semester that it is for. */
export interface FoundPlan {
  /** An empty one of version 0 where there is none. */
  plan: Plan;
  /** Undefined where there is no such semester. */
  semester: SemesterRules | undefined;
}

/** A course that a plan names, as it is now. */
export interface PlannedCourse {
  seats: Pick<Seats, 'status' | 'semesterId'>;
  offering: Offering;
}

/** Reads plans, consistently, and writes them. Failure: throws StoreUnavailable. */
@Injectable()
export class PlansRepository {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly offerings: OfferingCache,
    private readonly seats: SeatsRepository,
  ) {}

  /** One call of the store. */
  async read(userId: string, semesterId: string): Promise<FoundPlan> {
    const { tables } = this.dynamo;
    const [item, semester] = await this.dynamo.batchGet<object>([
      planKey(tables, userId, semesterId),
      { table: tables.name('semesters'), key: { id: semesterId } },
    ]);
    return {
      plan: planOf(item as PlanItem | undefined, semesterId),
      semester: semester && semesterOf(semester as SemesterItem),
    };
  }

  /** All plans of a student. */
  async ofUser(userId: string): Promise<Plan[]> {
    const query = {
      TableName: this.dynamo.tables.name(plansTable),
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
      ConsistentRead: true,
    };
    const items = await Array.fromAsync(this.dynamo.queryAll<PlanItem>(query));
    return items.map((item) => planOf(item, item.semester_id));
  }

  /** Deletes all plans of a student. */
  async deleteOf(userId: string): Promise<void> {
    const plans = await this.ofUser(userId);
    const keys = plans.map(({ semesterId }) => planKey(this.dynamo.tables, userId, semesterId));
    await this.dynamo.batchWrite(keys.map(({ table, key }) => ({ table, delete: key })));
  }

  /** @throws ConditionFailed where the plan before is not the one of the version before */
  async write(userId: string, plan: Plan, times: PlanTimes): Promise<void> {
    await this.dynamo.put(planPut(this.dynamo.tables, userId, plan, times));
  }

  /** Those of these courses that there are, drafts too, by id. */
  async courses(courseIds: readonly string[], semester: SemesterRules): Promise<Map<string, PlannedCourse>> {
    const seats = await this.seats.all(courseIds);
    const versions = new Map([...seats].map(([id, each]) => [id, versionUnder(each, id)]));
    const offerings = await this.offerings.current([], semester, versions);
    return new Map(
      [...seats].flatMap(([id, each]) => {
        const offering = offerings.get(id);
        return offering ? [[id, { seats: each, offering }] as const] : [];
      }),
    );
  }
}
