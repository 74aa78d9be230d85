import { z } from 'zod';
import type { Match } from './match.rules.ts';
import { maxRequirementLevels, maxRequirementNodes, requirementFault } from './requirement-fault.rules.ts';
import type { Requirement } from './requirement.rules.ts';

/** `M&E 101`: 1..20 of letters, digits, `-`, `.`, `&`, `/` and space; no space at the ends. */
export const courseCode = z
  .string()
  .regex(
    /^[A-Za-z0-9.&/-](?:[A-Za-z0-9.&/ -]{0,18}[A-Za-z0-9.&/-])?$/,
    'Use 1 to 20 letters, digits, "-", ".", "&", "/" and spaces.',
  );

/** A code, or up to 20 characters that codes begin with and `*`; `*` alone fits every code. */
const codePattern = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9.&/-](?:[A-Za-z0-9.&/ -]{0,18}[A-Za-z0-9.&/-])?|(?:[A-Za-z0-9.&/-][A-Za-z0-9.&/ -]{0,19})?\*)$/,
    'Use a course code, or the beginning of codes with "*" at its end.',
  );

/** A program, level or group of a student, as a campus names it. */
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

const leaves = {
  course: z.strictObject({
    course: courseCode,
    minGrade: z.string().min(1).max(10).optional(),
    concurrent: z.literal(true).optional(),
  }),
  credits: z.strictObject({ credits: z.number().min(0.25).max(1_000), of: patterns.optional() }),
  count: z.strictObject({ count: z.int().min(1), of: patterns }),
};

/** By level, for a schema that refers to itself would follow a hostile body down until the stack ends. */
function ofLevels(levels: number): z.ZodType<Requirement> {
  const id = levels === maxRequirementLevels ? 'Requirement' : `RequirementOf${levels}Levels`;
  if (levels === 1) return oneOf(leaves).meta({ id });
  const children = z
    .array(ofLevels(levels - 1))
    .min(1)
    .max(maxRequirementNodes);
  const all = z.strictObject({ all: children });
  const any = z.strictObject({ any: children });
  return oneOf({ all, any, ...leaves }).meta({ id });
}

/** A union of objects by the field that each of them has alone; what is wrong is said of the one that was meant. */
function oneOf<Option extends z.ZodObject>(options: Readonly<Record<string, Option>>): z.ZodUnion<Option[]> {
  const fields = Object.keys(options);
  return z.union(Object.values(options), {
    error: (issue) =>
      issue.code === 'invalid_union' ? requirementFault(issue.input, issue.errors, fields) : undefined,
  });
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

export { maxRequirementLevels, maxRequirementNodes };
