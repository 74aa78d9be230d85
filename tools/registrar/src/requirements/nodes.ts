import type { Requirement } from '@registrar/eligibility';
import type { Span } from './reading.ts';
import type { Unheld } from './unheld.rules.ts';

/** A course of a text. */
export interface CourseNode extends Span {
  readonly kind: 'course';
  readonly department: string;
  readonly separator: string;
  readonly number: string;
  /** Written without its department. */
  readonly isBare: boolean;
  readonly minGrade: string | undefined;
  readonly isConcurrent: boolean;
}

/** Credits or a count of courses. */
export interface AmountNode extends Span {
  readonly kind: 'amount';
  readonly requirement: Requirement;
}

/** Parts that are all asked for, or of which one is. */
export interface GroupNode extends Span {
  readonly kind: 'group';
  readonly word: 'and' | 'or';
  readonly children: readonly Node[];
}

/** What no requirement holds. */
export interface UnheldNode extends Span {
  readonly kind: 'unheld';
  readonly about: Unheld;
}

/** A part of a text, as it was understood. */
export type Node = CourseNode | AmountNode | GroupNode | UnheldNode;

/** Parts joined by a word; one part alone is itself. */
export function groupOf(word: 'and' | 'or', children: readonly Node[]): Node {
  const [first] = children;
  const last = children.at(-1);
  if (!first || !last) throw new RangeError('A group has parts.');
  return children.length === 1 ? first : { kind: 'group', word, children, at: first.at, end: last.end };
}

/** All courses in a part. */
export function coursesIn(node: Node): CourseNode[] {
  if (node.kind === 'course') return [node];
  return node.kind === 'group' ? node.children.flatMap(coursesIn) : [];
}

/** A part with its courses changed. */
export function withCourses(node: Node, change: (course: CourseNode) => CourseNode): Node {
  if (node.kind === 'course') return change(node);
  if (node.kind !== 'group') return node;
  return { ...node, children: node.children.map((child) => withCourses(child, change)) };
}
