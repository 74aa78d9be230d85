import { shardOf } from '@registrar/dynamodb';
import type { Tables, TransactAction } from '@registrar/dynamodb';

/**
 * After this time a second pass is made, ms: the first may have missed what an index did not show yet, and what a
 * commit decided that had read the rules of before. Longer than a commit may take.
 */
const secondLookMs = 10_000;

/** Whose waiting students are to be judged again. */
interface RejudgeCause {
  semesterId: string;
  /** Those who wait elsewhere while they have a seat in this course; all of the semester where it is left out. */
  courseId?: string;
}

/**
 * A note among the students' semesters that waiting students are to be judged again, for a registrar's change made
 * room for them elsewhere than in the course they wait for. It is in the index of pending retries, as students are.
 */
export interface RejudgeItem {
  /** Not the id of a student: `rejudge#` and what has changed. */
  user_id: string;
  semester_id: string;
  changed_course_id?: string;
  /** Of the course or semester that has changed. */
  version: number;
  /** From then on a pass is the last one of its cause, milliseconds since the epoch. */
  last_look_at: number;
  /** Moments to come at which the same is due again: enrollment opens for more students. In order, milliseconds. */
  openings?: number[];
  pending_shard: string;
  pending_at: number;
}

/**
 * When a note is due next after a pass, and until when that pass is repeated; undefined where nothing is left to do.
 *
 * @param now of the pass
 */
export function nextLook(
  { last_look_at: last, openings = [] }: Pick<RejudgeItem, 'last_look_at' | 'openings'>,
  now: number,
): { at: number; last: number } | undefined {
  const opening = openings.find((at) => at > now);
  if (now < last && (opening === undefined || last <= opening)) return { at: last, last };
  return opening === undefined ? undefined : { at: opening, last: opening + secondLookMs };
}

const prefix = 'rejudge#';

/** Whether an item of pending retries is such a note. */
export const isRejudgeKey = (userId: string) => userId.startsWith(prefix);

/** Notes, in the transaction of the change, that waiting students are to be judged again; replaces an earlier note. */
export function rejudgeAction(
  tables: Tables,
  { semesterId, courseId }: RejudgeCause,
  version: number,
  nowMs: number,
  openings: readonly number[] = [],
): TransactAction {
  const key = `${prefix}${courseId ?? 'semester'}`;
  const item: RejudgeItem = {
    user_id: key,
    semester_id: semesterId,
    ...(courseId !== undefined && { changed_course_id: courseId }),
    version,
    last_look_at: nowMs + secondLookMs,
    ...(openings.length > 0 && { openings: [...openings] }),
    pending_shard: shardOf(`${key} ${semesterId}`),
    pending_at: nowMs,
  };
  return { Put: { TableName: tables.name('student_semesters'), Item: { ...item } } };
}
