import { coursesIn, withCourses } from './nodes.ts';
import type { CourseNode, Node } from './nodes.ts';
import type { Piece } from './phrases.rules.ts';
import { UnreadableText } from './reading.ts';

/** A sentence and what it was understood as. */
export interface ReadSentence {
  readonly pieces: readonly Piece[];
  readonly node: Node;
}

/**
 * What all sentences ask for. "ECE 65 may be taken concurrently" after "ECE 45 and ECE 65" is about the course that
 * was named before, and asks for nothing more.
 *
 * @throws UnreadableText where a course is named both as concurrent and not
 */
export function withConcurrentMentions(sentences: readonly ReadSentence[]): Node[] {
  const nodes: Node[] = [];
  for (const { pieces, node } of sentences) {
    const isMentioned = nodes.flatMap(coursesIn).some((course) => isSame(course, node));
    if (node.kind !== 'course' || !isPermission(pieces) || !isMentioned) nodes.push(node);
    else nodes.splice(0, nodes.length, ...nodes.map((each) => madeConcurrent(each, node)));
  }
  const courses = nodes.flatMap(coursesIn);
  for (const [at, course] of courses.entries()) {
    if (
      courses
        .slice(0, at)
        .some((other) => isSame(other, course) && other.isConcurrent !== course.isConcurrent)
    ) {
      throw new UnreadableText(
        'Whether this course may be taken in the same semester is said in two ways.',
        course,
      );
    }
  }
  return nodes;
}

/** "X may be taken concurrently", and no more. */
function isPermission(pieces: readonly Piece[]): boolean {
  const [course, suffix, ...others] = pieces;
  return course?.kind === 'code' && suffix?.kind === 'concurrent after' && others.length === 0;
}

function isSame(course: CourseNode, node: Node): boolean {
  return node.kind === 'course' && node.department === course.department && node.number === course.number;
}

function madeConcurrent(node: Node, mentioned: CourseNode): Node {
  return withCourses(node, (course) =>
    isSame(course, mentioned) ? { ...course, isConcurrent: true } : course,
  );
}
