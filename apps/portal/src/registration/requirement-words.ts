import { plural, t } from '@lingui/core/macro';
import type { Match, Requirement } from '@registrar/eligibility/rules';
import type { Format } from '../app/format.ts';
import type { Condition, RequirementLeaf } from './eligibility.rules.ts';
import { conditionsOf } from './eligibility.rules.ts';

type Words = Pick<Format, 'list' | 'number'>;

/** A requirement in the reader's language: "MATH 210 (at least C) or MATH 215". Inner parts of several are in parentheses. */
export function requirementWords(requirement: Requirement, format: Words): string {
  if ('all' in requirement) return joined(requirement.all, 'and', format);
  if ('any' in requirement) return joined(requirement.any, 'or', format);
  return leafWords(requirement, format);
}

function joined(children: readonly Requirement[], word: 'and' | 'or', format: Words): string {
  const [only] = children;
  if (only && children.length === 1) return requirementWords(only, format);
  const words = children.map((child) => {
    const text = requirementWords(child, format);
    return partsOf(child) > 1 ? `(${text})` : text;
  });
  return format.list(words, word);
}

/** How many parts stand beside one another in the words of a requirement. */
function partsOf(requirement: Requirement): number {
  const children = 'all' in requirement ? requirement.all : 'any' in requirement ? requirement.any : [];
  const [only] = children;
  return only && children.length === 1 ? partsOf(only) : children.length;
}

/** A part that has no parts: a course, credits, or a number of courses. */
export function leafWords(leaf: RequirementLeaf, format: Words): string {
  if ('course' in leaf) {
    const terms = courseTerms(leaf);
    return terms === undefined ? leaf.course : `${leaf.course} (${terms})`;
  }
  const from = leaf.of && !leaf.of.includes('*') ? patternWords(leaf.of, format) : undefined;
  if ('count' in leaf) {
    const { count } = leaf;
    const courses = plural(count, { one: '# course', other: '# courses' });
    return from === undefined ? courses : `${courses} (${from})`;
  }
  const credits = creditWords(leaf.credits, format);
  return from === undefined ? credits : `${credits} (${from})`;
}

function creditWords(value: number, format: Words): string {
  const number = format.number(value);
  return plural(value, { one: `${number} earned credit`, other: `${number} earned credits` });
}

/** How a course has to be completed; undefined where any pass will do. */
export function courseTerms({
  minGrade,
  concurrent,
}: Extract<Requirement, { course: string }>): string | undefined {
  if (minGrade === undefined) return concurrent ? t`or taken in the same semester` : undefined;
  return concurrent ? t`at least ${minGrade}, or taken in the same semester` : t`at least ${minGrade}`;
}

/** "MATH 210 or any beginning with CSCI 4". */
function patternWords(patterns: readonly string[], format: Words): string {
  const words = patterns.map((pattern) => {
    const beginning = pattern.slice(0, -1).trimEnd();
    return pattern.endsWith('*') ? t`any beginning with ${beginning}` : pattern;
  });
  return format.list(words, 'or');
}

/** A restriction in the reader's language: "program CS or MATH; at least 30 earned credits". */
export function restrictionWords(match: Match, format: Words): string {
  return conditionsOf(match, undefined)
    .map((condition) => conditionWords(condition, format))
    .join('; ');
}

/** One condition of a restriction. */
export function conditionWords(condition: Condition, format: Words): string {
  if (condition.kind === 'minCredits') {
    const credits = creditWords(condition.credits, format);
    return t`at least ${credits}`;
  }
  const values = format.list(condition.values, 'or');
  switch (condition.kind) {
    case 'programs':
      return t`program ${values}`;
    case 'levels':
      return t`level ${values}`;
    case 'groups':
      return t`group ${values}`;
  }
}
