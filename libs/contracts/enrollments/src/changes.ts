import { requirement } from '@registrar/eligibility';
import { z } from 'zod';
import { anId, enrollment, onBehalf, placeRequest } from './enrollment.ts';

/** Entries of one set at most, with the drops that follow from links. */
export const maxChanges = 10;

/**
 * `POST /api/enrollments/changes`: places that one student takes and gives up in one semester. `all`: everything or
 * nothing; `each`: what no rule stops. `userId` and `override` are for registrars.
 */
export const changesRequest = z.strictObject({
  add: z.array(placeRequest).max(maxChanges).default([]),
  drop: z.array(anId).max(maxChanges).default([]),
  mode: z.enum(['all', 'each']).default('all'),
  ...onBehalf,
});

/** A request for several changes at once. */
export type ChangesRequest = z.infer<typeof changesRequest>;

/** Why an entry of a change set is refused, as the problem of a single request says it. */
const changeProblem = z.strictObject({
  code: z.string(),
  detail: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
  /** Ids of the courses that stand in the way. */
  conflicts: z.array(z.string()).optional(),
  missing: requirement.optional(),
  /** A list of ids for each list of linked sections of which none is taken. */
  options: z.array(z.array(z.string())).optional(),
});

/** Why an entry is refused. */
export type ChangeProblem = z.infer<typeof changeProblem>;

/** What an entry of a change set comes to. */
export const changeOutcomes = [
  'enrolled',
  'waitlisted',
  'dropped',
  'withdrawn',
  'refused',
  'unchanged',
] as const;

/** What came of one entry, or would come of it. */
export const changeResult = z.strictObject({
  action: z.enum(['add', 'drop']),
  courseId: z.string(),
  /** Null where there is no enrollment yet. */
  enrollmentId: z.string().nullable(),
  outcome: z.enum(changeOutcomes),
  /** As it is after the change; null in a dry run, and where nothing changed. */
  enrollment: enrollment.nullable(),
  /** All of them, in the order of the rules; none where the entry is not refused. */
  problems: z.array(changeProblem),
});

/** What came of one entry. */
export type ChangeResult = z.infer<typeof changeResult>;

/** Results: drops, then adds, as they were given. */
export const changesAnswer = z.strictObject({ applied: z.boolean(), results: z.array(changeResult) });

/** What came of a change set. */
export type ChangesAnswer = z.infer<typeof changesAnswer>;
