import type { Requirement } from './requirement.rules.ts';

/** A requirement in words: "MATH 210 with at least C, or MATH 215". Inner parts of several are in parentheses. */
export function requirementWords(requirement: Requirement): string {
  if ('all' in requirement) return joined(requirement.all, 'and');
  if ('any' in requirement) return joined(requirement.any, 'or');
  if ('course' in requirement) {
    const grade = requirement.minGrade === undefined ? '' : ` with at least ${requirement.minGrade}`;
    return `${requirement.course}${grade}${requirement.concurrent ? ' (or in the same semester)' : ''}`;
  }
  if ('count' in requirement) {
    const { count, of } = requirement;
    return `${count} ${count === 1 ? 'course' : 'courses'} of ${listed(of)}`;
  }
  const { credits, of } = requirement;
  const from = of ? ` of ${listed(of)}` : '';
  return `${credits} earned ${credits === 1 ? 'credit' : 'credits'}${from}`;
}

function joined(parts: readonly Requirement[], word: 'and' | 'or'): string {
  if (parts.length === 1 && parts[0]) return requirementWords(parts[0]);
  const words = parts.map((part) => (isInner(part) ? `(${requirementWords(part)})` : requirementWords(part)));
  return `${words.slice(0, -1).join(', ')}, ${word} ${words.at(-1) ?? ''}`;
}

function isInner(part: Requirement): boolean {
  if ('all' in part) return part.all.length > 1;
  return 'any' in part && part.any.length > 1;
}

/** `MATH 2*` as "MATH 2...". */
function listed(patterns: readonly string[]): string {
  return patterns.map((pattern) => pattern.replace(/\*$/, '...')).join(' or ');
}
