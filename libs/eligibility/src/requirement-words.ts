import type { Requirement } from './requirement.rules.ts';

/**
 * A requirement in words: "MATH 210 with at least C, or MATH 215". Inner parts of several are in parentheses, and so is
 * a course with a least grade after one without, which the grade would seem to belong to as well.
 */
export function requirementWords(requirement: Requirement): string {
  if ('all' in requirement) return joined(requirement.all, 'and');
  if ('any' in requirement) return joined(requirement.any, 'or');
  if ('course' in requirement) {
    const grade = requirement.minGrade === undefined ? '' : ` with at least ${requirement.minGrade}`;
    return `${requirement.course}${grade}${requirement.concurrent ? ' (or taken in the same semester)' : ''}`;
  }
  if ('count' in requirement) {
    const { count, of } = requirement;
    return `${count} ${count === 1 ? 'course' : 'courses'}${fitting(of, '')}`;
  }
  const { credits, of } = requirement;
  return `${credits} earned ${credits === 1 ? 'credit' : 'credits'}${fitting(of ?? ['*'], ' from courses')}`;
}

function joined(children: readonly Requirement[], word: 'and' | 'or'): string {
  const parts = children.map(unwrapped);
  const [only] = parts;
  if (parts.length === 1 && only) return requirementWords(only);
  const words = parts.map((part, at) => {
    const isAfterUngraded = isGraded(part) && !parts.slice(0, at).every(isGraded);
    const isInner = 'all' in part || 'any' in part || isAfterUngraded;
    return isInner ? `(${requirementWords(part)})` : requirementWords(part);
  });
  return `${words.slice(0, -1).join(', ')}, ${word} ${words.at(-1) ?? ''}`;
}

/** The part itself of one that only wraps it. */
function unwrapped(part: Requirement): Requirement {
  const children = 'all' in part ? part.all : 'any' in part ? part.any : [];
  const [only] = children;
  return children.length === 1 && only ? unwrapped(only) : part;
}

/** Whether every course of a part has a least grade of its own. */
function isGraded(part: Requirement): boolean {
  const children = 'all' in part ? part.all : 'any' in part ? part.any : undefined;
  return children ? children.every(isGraded) : 'course' in part && part.minGrade !== undefined;
}

/** `MATH 2*` as " beginning with MATH 2"; several as " from (MATH 210, any beginning with CSCI 4)". */
function fitting(patterns: readonly string[], courses: string): string {
  if (patterns.includes('*')) return '';
  const [only = ''] = patterns;
  if (patterns.length === 1 && only.endsWith('*')) return `${courses} beginning with ${beginning(only)}`;
  const words = patterns.map((each) => (each.endsWith('*') ? `any beginning with ${beginning(each)}` : each));
  return ` from (${words.join(', ')})`;
}

function beginning(pattern: string): string {
  return pattern.slice(0, -1).trimEnd();
}
