import { coursesIn, withCourses } from './nodes.ts';
import type { CourseNode, Node } from './nodes.ts';
import type { PieceOf } from './piece-cursor.ts';
import { UnreadableText } from './reading.ts';

type Suffix = PieceOf<'grade after'> | PieceOf<'concurrent after'>;

/**
 * A part with what was said after it. "Each with a grade of C" is about all parts of the clause, and changes `siblings`
 * in place; "(C or better)" is about the part before it.
 *
 * @param siblings parts of the same clause, or of the same list, that come before
 * @throws UnreadableText where it may be about these too: "MATH 1 and MATH 2 with a grade of C"
 */
export function applySuffix(suffix: Suffix, node: Node, siblings: Node[]): Node {
  if (coursesIn(node).length === 0) throw new UnreadableText('This belongs to no course.', suffix);
  if (
    suffix.kind === 'grade after' &&
    coursesIn(node).some(({ minGrade = suffix.grade }) => minGrade !== suffix.grade)
  ) {
    throw new UnreadableText('This course has two least grades.', { at: node.at, end: suffix.end });
  }
  const change = changeOf(suffix);
  if (suffix.isOfEach)
    siblings.splice(0, siblings.length, ...siblings.map((each) => withCourses(each, change)));
  else if (!suffix.isInner && siblings.some((each) => !isSuffixed(each, suffix))) {
    throw new UnreadableText(
      'Whether this is about the last course alone cannot be told: put it into parentheses with what it is about.',
      suffix,
    );
  }
  return withCourses(node, change);
}

function changeOf(suffix: Suffix): (course: CourseNode) => CourseNode {
  return suffix.kind === 'grade after'
    ? (course) => ({ ...course, minGrade: course.minGrade ?? suffix.grade })
    : (course) => ({ ...course, isConcurrent: true });
}

/** Whether a part has such a suffix of its own, so that a later one is not about it. */
function isSuffixed(node: Node, { kind }: Suffix): boolean {
  const courses = coursesIn(node);
  return (
    courses.length > 0 &&
    courses.every(({ minGrade, isConcurrent }) =>
      kind === 'grade after' ? minGrade !== undefined : isConcurrent,
    )
  );
}
