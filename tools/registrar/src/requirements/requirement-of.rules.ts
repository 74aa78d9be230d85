import type { Requirement } from '@registrar/eligibility';
import type { CodeOf } from './amount-lists.rules.ts';
import type { GroupNode, Node, UnheldNode } from './nodes.ts';
import { UnreadableText } from './reading.ts';
import { unheldReasons } from './unheld.rules.ts';

/**
 * The requirement of a part. An alternative that no requirement holds is left out, which only makes it stricter.
 *
 * @param leaveOut is called with each of them
 * @throws UnreadableText where what no requirement holds is asked for
 */
export function requirementOf(node: Node, codeOf: CodeOf, leaveOut: (node: UnheldNode) => void): Requirement {
  if (node.kind === 'unheld') throw new UnreadableText(unheldReasons[node.about], node);
  if (node.kind === 'amount') return node.requirement;
  if (node.kind === 'course') {
    const { minGrade, isConcurrent } = node;
    return {
      course: codeOf(node),
      ...(minGrade !== undefined && { minGrade }),
      ...(isConcurrent && { concurrent: true as const }),
    };
  }
  const children = heldChildren(node, leaveOut).map((child) => requirementOf(child, codeOf, leaveOut));
  const [only] = children;
  if (children.length === 1 && only) return only;
  return node.word === 'and'
    ? { all: children.flatMap((child) => ('all' in child ? child.all : [child])) }
    : { any: children.flatMap((child) => ('any' in child ? child.any : [child])) };
}

function heldChildren({ word, children }: GroupNode, leaveOut: (node: UnheldNode) => void): readonly Node[] {
  const held = children.filter(({ kind }) => kind !== 'unheld');
  if (word === 'and' || held.length === 0) return children;
  for (const child of children) if (child.kind === 'unheld') leaveOut(child);
  return held;
}
