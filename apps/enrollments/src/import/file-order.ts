import pLimit from 'p-limit';

/** What a change is about, as far as its order among the others matters. */
export interface OrderedChange {
  userId: string;
  /** A change of several courses is committed beside their queues: what else concerns these waits for its end. */
  courseIds: readonly string[];
}

interface Gate {
  isOpen: Promise<unknown>;
  open: () => void;
}

/** How changes are done together. */
interface FileOrder {
  /** Changes under way at a time. */
  limit: number;
  /** Whether it matters who comes first in a course. */
  isContended: (courseId: string) => boolean;
}

/** One change on its way. */
interface Step {
  isAlone: boolean;
  begun: Gate;
  ended: Gate;
}

/** The changes of a course so far. */
interface CourseOrder {
  last: Step;
  /** When all of them have ended. */
  allEnded: Promise<unknown>;
}

/**
 * Does many changes at a time, with what they come to as if one came after the other: a change begins when the one
 * before it of the same student has ended and, in a course where that matters, all before it have begun. A course
 * takes what begins in that order. A change of several courses begins when all before it in these have ended, and those
 * after it when it has.
 *
 * The first error of `work` ends it: what has begun continues, nothing new begins, and the error is thrown when all
 * that runs has ended.
 */
export async function inFileOrder<Change extends OrderedChange, Result>(
  changes: readonly Change[],
  { limit, isContended }: FileOrder,
  work: (change: Change) => Promise<Result>,
): Promise<Result[]> {
  const severalTogether = new Set(changes.flatMap((change) => (isOfOne(change) ? [] : change.courseIds)));
  const isOrdered = (courseId: string) => isContended(courseId) || severalTogether.has(courseId);
  const limited = pLimit(limit);
  const failures: unknown[] = [];
  const begin = (change: Change, { begun }: Step): Promise<Result> | undefined => {
    try {
      return failures.length > 0 ? undefined : work(change);
    } finally {
      begun.open();
    }
  };
  const one = async (change: Change, step: Step, before: Promise<unknown>): Promise<Result | undefined> => {
    await before;
    try {
      return await limited(() => begin(change, step));
    } catch (error) {
      failures.push(error);
      return undefined;
    } finally {
      step.ended.open();
    }
  };
  const order = orderOf(isOrdered);
  const results = await Promise.all(
    changes.map((change) => {
      const { step, before } = order(change);
      return one(change, step, before);
    }),
  );
  if (failures.length > 0) throw failures[0];
  return results as Result[];
}

const isOfOne = ({ courseIds }: OrderedChange) => courseIds.length === 1;

/** Gives for each change in turn what it has to wait for. */
function orderOf(isOrdered: (courseId: string) => boolean) {
  const students = new Map<string, Step>();
  const courses = new Map<string, CourseOrder>();
  return (change: OrderedChange): { step: Step; before: Promise<unknown> } => {
    const step = { isAlone: !isOfOne(change), begun: gate(), ended: gate() };
    const waits: Promise<unknown>[] = [];
    const ownBefore = students.get(change.userId);
    if (ownBefore) waits.push(ownBefore.ended.isOpen);
    students.set(change.userId, step);
    for (const id of change.courseIds.filter(isOrdered)) {
      const so = courses.get(id);
      if (so) waits.push(step.isAlone || so.last.isAlone ? so.allEnded : so.last.begun.isOpen);
      const allEnded = so ? Promise.all([so.allEnded, step.ended.isOpen]) : step.ended.isOpen;
      courses.set(id, { last: step, allEnded });
    }
    return { step, before: Promise.all(waits) };
  };
}

function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { isOpen: promise, open: resolve };
}
