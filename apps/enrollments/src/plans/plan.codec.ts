import type { Plan, PlanEntry } from '@registrar/contracts-enrollments';
import { atVersion } from '@registrar/dynamodb';
import type { BatchKey, Tables } from '@registrar/dynamodb';

/** Name of the table of plans. */
export const plansTable = 'plans';

/** An item of the `plans` table. */
export interface PlanItem {
  user_id: string;
  semester_id: string;
  entries: PlanEntry[];
  version: number;
  updated_at: string;
  /** TTL, seconds; of before, absent. */
  expires_at?: number;
}

/** When a plan was written, RFC 3339, and its TTL, seconds. */
export interface PlanTimes {
  now: string;
  keptUntil: number;
}

/** The plan that an item holds; an empty one of version 0 where there is none. */
export function planOf(item: PlanItem | undefined, semesterId: string): Plan {
  const { entries = [], version = 0 } = item ?? {};
  return { semesterId, entries, armed: false, version, drawId: null, run: null };
}

/** Where a student's plan for a semester is. */
export function planKey(tables: Tables, userId: string, semesterId: string): BatchKey {
  return { table: tables.name(plansTable), key: { user_id: userId, semester_id: semesterId } };
}

/** Writes a plan on the condition that the one before is as it was read. */
export function planPut(tables: Tables, userId: string, plan: Plan, { now, keptUntil }: PlanTimes) {
  const { semesterId, entries, version } = plan;
  const item: PlanItem = {
    user_id: userId,
    semester_id: semesterId,
    entries,
    version,
    updated_at: now,
    expires_at: keptUntil,
  };
  return { TableName: tables.name(plansTable), Item: { ...item }, ...atVersion(version - 1) };
}
