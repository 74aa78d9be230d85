import pLimit from 'p-limit';

/** What a line is about, as far as its order among the others matters. */
export interface OrderedLine {
  userId: string;
  courseId: string;
}

interface Gate {
  isOpen: Promise<void>;
  open: () => void;
}

/** How lines are done together. */
interface FileOrder {
  /** Lines under way at a time. */
  limit: number;
  /** Whether it matters who comes first in a course. */
  isContended: (courseId: string) => boolean;
}

/**
 * Does many lines at a time, with what they come to as if one came after the other: a line begins when the one
 * before it of the same student has ended and, in a course where that matters, all before it have begun. A course
 * takes what begins in that order.
 *
 * The first error of `work` ends it: what has begun continues, nothing new begins, and the error is thrown when all
 * that runs has ended.
 */
export async function inFileOrder<Line extends OrderedLine, Result>(
  lines: readonly Line[],
  { limit, isContended }: FileOrder,
  work: (line: Line) => Promise<Result>,
): Promise<Result[]> {
  const begun = lines.map(gate);
  const ended = lines.map(gate);
  const beforeOfStudent = predecessors(lines, ({ userId }) => userId);
  const beforeOfCourse = predecessors(lines, ({ courseId }) =>
    isContended(courseId) ? courseId : undefined,
  );
  const limited = pLimit(limit);
  const failures: unknown[] = [];
  const begin = (line: Line, at: number): Promise<Result> | undefined => {
    try {
      return failures.length > 0 ? undefined : work(line);
    } finally {
      begun[at]?.open();
    }
  };
  const one = async (line: Line, at: number): Promise<Result | undefined> => {
    await Promise.all([ended[beforeOfStudent[at] ?? -1]?.isOpen, begun[beforeOfCourse[at] ?? -1]?.isOpen]);
    try {
      return await limited(() => begin(line, at));
    } catch (error) {
      failures.push(error);
      return undefined;
    } finally {
      ended[at]?.open();
    }
  };
  const results = await Promise.all(lines.map(one));
  if (failures.length > 0) throw failures[0];
  return results as Result[];
}

function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { isOpen: promise, open: resolve };
}

/** For each line the index of the last one before it with the same key; undefined where there is none. */
function predecessors<Line>(
  lines: readonly Line[],
  keyOf: (line: Line) => string | undefined,
): (number | undefined)[] {
  const last = new Map<string, number>();
  return lines.map((line, at) => {
    const key = keyOf(line);
    if (key === undefined) return undefined;
    const before = last.get(key);
    last.set(key, at);
    return before;
  });
}
