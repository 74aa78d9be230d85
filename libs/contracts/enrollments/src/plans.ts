import { z } from 'zod';
import { changeResult } from './changes.ts';
import { anId, placeRequest, timestamp } from './enrollment.ts';

/** A section with its linked ones. */
const planChoice = z.strictObject({
  courses: z
    .array(placeRequest.pick({ courseId: true, credits: true }))
    .min(1)
    .max(6),
});

/** One thing that is wanted, by its choices in order of preference. */
const planEntry = z.strictObject({
  choices: z.array(planChoice).min(1).max(5),
  joinWaitlist: z.boolean().default(false),
});

/** `PUT /api/plans/:semesterId`. */
export const planRequest = z.strictObject({ entries: z.array(planEntry).max(12), armed: z.boolean() });

/** A plan as it is put. */
export type PlanRequest = z.infer<typeof planRequest>;

/** One entry of a plan. */
export type PlanEntry = PlanRequest['entries'][number];

const index = z.int().min(0);

/** A student's plan for a semester; version 0 where there is none. */
export const plan = z.strictObject({
  semesterId: z.string(),
  entries: z.array(planEntry.extend({ joinWaitlist: z.boolean(), choices: z.array(planChoice) })),
  armed: z.boolean(),
  version: z.int().min(0),
  drawId: z.string().nullable(),
  run: z
    .strictObject({
      at: timestamp,
      results: z.array(changeResult.extend({ entry: index, choice: index })),
    })
    .nullable(),
});

/** A plan. */
export type Plan = z.infer<typeof plan>;

/** A problem of one course of a choice. */
const planProblem = changeResult.shape.problems.element.extend({ courseId: anId });

/** What a plan would come to, judged as at the own opening. */
export const planCheck = z.strictObject({
  opensAt: timestamp,
  entries: z.array(
    z.strictObject({
      /** Index of the first choice that is possible; null where none is. */
      chosen: index.nullable(),
      choices: z.array(z.strictObject({ problems: z.array(planProblem) })),
    }),
  ),
});

/** What a plan would come to. */
export type PlanCheck = z.infer<typeof planCheck>;
