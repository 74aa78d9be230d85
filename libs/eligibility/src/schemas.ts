import { z } from 'zod';
import type { Match } from './match.rules.ts';
import type { Requirement } from './requirement.rules.ts';

/** `M&E 101`: 1..20 of letters, digits, `-`, `.`, `&`, `/` and space; no space at the ends. */
export const courseCode = z
  .string()
  .regex(
    /^[A-Za-z0-9.&/-](?:[A-Za-z0-9.&/ -]{0,18}[A-Za-z0-9.&/-])?$/,
    'Use 1 to 20 letters, digits, "-", ".", "&", "/" and spaces.',
  );

/** A code, or the beginning of codes with `*` at its end. */
const codePattern = z
  .string()
  .regex(
    /^[A-Za-z0-9.&/-](?:[A-Za-z0-9.&/ -]{0,18}(?:[A-Za-z0-9.&/-]|[A-Za-z0-9.&/ -]\*))?\*?$/,
    'Use a course code, or the beginning of codes with "*" at its end.',
  )
  .max(21);

/** A programme, level or group of a student, as a campus names it. */
export const studentTag = z.string().trim().min(1).max(40);

const tags = z.array(studentTag).min(1).max(50);

/** Who something is for: at least one of the fields. */
export const match = z
  .strictObject({
    programs: tags.optional(),
    levels: tags.optional(),
    groups: tags.optional(),
    minCredits: z.number().min(0).max(1_000).optional(),
  })
  .refine((fields) => Object.values(fields).some((field) => field !== undefined), {
    message: 'Name at least one of programs, levels, groups and minCredits.',
    params: { code: 'required' },
  }) satisfies z.ZodType<Match>;

const patterns = z.array(codePattern).min(1).max(50);

/** Most levels of a requirement; a leaf alone is one. */
export const maxRequirementLevels = 6;
/** Most objects in a requirement, leaves too. */
export const maxRequirementNodes = 60;

const leaves = [
  z.strictObject({
    course: courseCode,
    minGrade: z.string().min(1).max(10).optional(),
    concurrent: z.literal(true).optional(),
  }),
  z.strictObject({ credits: z.number().min(0.25).max(1_000), of: patterns.optional() }),
  z.strictObject({ count: z.int().min(1).max(100), of: patterns }),
] as const;

/** By level, for a schema that refers to itself would follow a hostile body down until the stack ends. */
function ofLevels(levels: number): z.ZodType<Requirement> {
  const id = levels === maxRequirementLevels ? 'Requirement' : `RequirementOf${levels}Levels`;
  if (levels === 1) return z.union(leaves).meta({ id });
  const children = z
    .array(ofLevels(levels - 1))
    .min(1)
    .max(maxRequirementNodes);
  return z
    .union([z.strictObject({ all: children }), z.strictObject({ any: children }), ...leaves])
    .meta({ id });
}

/** What a student must have done before a course. */
export const requirement = ofLevels(maxRequirementLevels).refine(
  (tree) => nodesOf(tree) <= maxRequirementNodes,
  {
    message: `A requirement has at most ${maxRequirementNodes} parts.`,
    params: { code: 'too_long' },
  },
);

function nodesOf(tree: Requirement): number {
  const children = 'all' in tree ? tree.all : 'any' in tree ? tree.any : [];
  return children.reduce((sum, child) => sum + nodesOf(child), 1);
}
