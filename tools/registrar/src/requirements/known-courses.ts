import type { CourseNode } from './nodes.ts';
import type { Joint } from './phrases.rules.ts';
import type { PieceOf } from './piece-cursor.ts';
import { UnreadableText } from './reading.ts';

/** The courses of a clause so far: a number without a department is of theirs. */
export class KnownCourses {
  /** Since the last mark. */
  private recent: CourseNode[] = [];
  /** Between the last two marks. */
  private previous: readonly CourseNode[] = [];

  /** A course was read. */
  push(course: CourseNode): void {
    this.recent.push(course);
  }

  /** A part begins, joined so to the one before. */
  startPart(joint: Joint | undefined): void {
    if (!joint || joint.mark === '') return;
    this.previous = joint.mark === ',' ? this.recent : [];
    this.recent = [];
  }

  /**
   * The course whose department a number shares: the one before it, or those before the last comma.
   *
   * @throws UnreadableText where there is none, or these are of several
   */
  departmentOf(piece: PieceOf<'number'>): Pick<CourseNode, 'department' | 'separator'> {
    const last = this.recent.at(-1);
    if (last) return last;
    const [first, ...others] = this.previous;
    if (first && others.every(({ department }) => department === first.department)) return first;
    const reason = first
      ? 'Which department this number belongs to cannot be told'
      : 'This number has no department';
    throw new UnreadableText(`${reason}: name the department of each course.`, piece);
  }
}
