import { maxRequirementNodes } from '@registrar/eligibility';
import { groupOf } from './nodes.ts';
import type { AmountNode, CourseNode, Node } from './nodes.ts';
import { UnreadableText } from './reading.ts';
import type { Span } from './reading.ts';

/** Codes of a list that are named by their beginning. */
export interface PatternNode extends Span {
  readonly kind: 'pattern';
  readonly pattern: string;
}

/** What a list has. */
export type Listed = Node | PatternNode;

/** Writes a course as a code. */
export type CodeOf = (course: CourseNode) => string;

/** So many credits of a list. */
export function creditsOf(credits: number, list: readonly Listed[], span: Span, codeOf: CodeOf): AmountNode {
  const of = plainCodes(list, codeOf);
  if (list.length === 1 && list[0]?.kind === 'course') {
    throw new UnreadableText('Credits of one course cannot be held: each code counts once.', span);
  }
  if (!of) throw new UnreadableText('Credits of a list are of codes alone, without grades and groups.', span);
  return { kind: 'amount', requirement: { credits, of }, at: span.at, end: span.end };
}

/**
 * So many of a list; Infinity for all of it. A requirement counts codes alone: with grades, or in the same semester, it
 * is each of the ways to choose.
 */
export function someOf(count: number, list: readonly Listed[], span: Span, codeOf: CodeOf): Node {
  const nodes = list.filter((each) => each.kind !== 'pattern');
  const hasPatterns = nodes.length < list.length;
  if (!hasPatterns && Number.isFinite(count) && count > list.length) {
    throw new UnreadableText(`${count} of ${list.length} is more than there are.`, span);
  }
  if (!hasPatterns && count === 1) return groupOf('or', nodes);
  if (!hasPatterns && count >= nodes.length) return groupOf('and', nodes);
  const of = plainCodes(list, codeOf);
  if (of && Number.isFinite(count))
    return { kind: 'amount', requirement: { count, of }, at: span.at, end: span.end };
  if (hasPatterns) throw new UnreadableText('A count of beginnings of codes has no grades and groups.', span);
  const ways = choices(nodes, count);
  if (!ways) throw new UnreadableText('There are too many ways to choose from this list.', span);
  return groupOf(
    'or',
    ways.map((way) => groupOf('and', way)),
  );
}

function plainCodes(list: readonly Listed[], codeOf: CodeOf): string[] | undefined {
  const codes = list.flatMap((each) => {
    if (each.kind === 'pattern') return [each.pattern];
    return each.kind === 'course' && each.minGrade === undefined && !each.isConcurrent ? [codeOf(each)] : [];
  });
  return codes.length === list.length ? codes : undefined;
}

/** All ways to choose so many; undefined where a requirement could not hold them. */
function choices(nodes: readonly Node[], count: number): Node[][] | undefined {
  let ways: { readonly chosen: Node[]; readonly next: number }[] = [{ chosen: [], next: 0 }];
  for (let size = 0; size < count; size += 1) {
    ways = ways.flatMap(({ chosen, next }) =>
      nodes.slice(next).map((node, at) => ({ chosen: [...chosen, node], next: next + at + 1 })),
    );
    if (ways.length > maxRequirementNodes * nodes.length) return undefined;
  }
  return ways.length * (count + 1) < maxRequirementNodes ? ways.map(({ chosen }) => chosen) : undefined;
}
