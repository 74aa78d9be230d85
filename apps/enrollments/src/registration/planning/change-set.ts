import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { IdempotentRequest } from '@registrar/idempotency';
import type { Actor, WaitlistPlace } from '../../enrollment/enrollment.types.ts';

/** A place to take. */
export interface Addition {
  courseId: string;
  /** Whether a place on the waitlist will do where no seat is free. */
  joinWaitlist: boolean;
  /** The student waits for it already: judged by the rules that count at a promotion. */
  isPromotion?: true;
}

/** A place to give up. */
export interface Removal {
  courseId: string;
  /** What a place that has ended already comes to: it is left as it is, or the set is refused. */
  whenEnded: 'unchanged' | 'refused';
}

/**
 * Places that one student takes and gives up in one semester: all of it in one commit, or nothing. Enrolling, dropping,
 * a swap, a line of an import and a promotion are change sets.
 */
export interface ChangeSet {
  kind: 'change';
  userId: string;
  actor: Actor;
  /** Judged after the drops, each as after those before it. */
  add: readonly Addition[];
  drop: readonly Removal[];
  /** Codes of the rules that a registrar sets aside. */
  override: ReadonlySet<RefusalCode>;
  /** The answer is kept with the commit under it; undefined where a repetition does no harm. */
  request: IdempotentRequest | undefined;
}

const nothing: ReadonlySet<RefusalCode> = new Set();

/** One place for a student. */
export function enrollment(
  set: Addition & Pick<ChangeSet, 'userId' | 'actor' | 'request'> & Partial<Pick<ChangeSet, 'override'>>,
): ChangeSet {
  const { courseId, joinWaitlist, userId, actor, request, override = nothing } = set;
  return { kind: 'change', userId, actor, add: [{ courseId, joinWaitlist }], drop: [], override, request };
}

/** One place less. */
export function removal({
  courseId,
  userId,
  actor,
}: { courseId: string } & Pick<ChangeSet, 'userId' | 'actor'>): ChangeSet {
  const drop: Removal[] = [{ courseId, whenEnded: 'unchanged' }];
  return { kind: 'change', userId, actor, add: [], drop, override: nothing, request: undefined };
}

/** The actor of promotions, which no user requests. */
export const system: Actor = { id: 'system', role: 'system' };

/** A seat for a waiting student. */
export function promotionOf({ courseId, userId }: Pick<WaitlistPlace, 'courseId' | 'userId'>): ChangeSet {
  const add: Addition[] = [{ courseId, joinWaitlist: false, isPromotion: true }];
  return { kind: 'change', userId, actor: system, add, drop: [], override: nothing, request: undefined };
}

/** One seat for another. */
export function swap(
  set: { dropCourseId: string; addCourseId: string } & Pick<ChangeSet, 'userId' | 'actor' | 'request'>,
): ChangeSet {
  const { dropCourseId, addCourseId, userId, actor, request } = set;
  const drop: Removal[] = [{ courseId: dropCourseId, whenEnded: 'refused' }];
  const add: Addition[] = [{ courseId: addCourseId, joinWaitlist: false }];
  return { kind: 'change', userId, actor, add, drop, override: nothing, request };
}

/** The courses of a set: the drops', then the adds'. */
export function coursesOf({ add, drop }: Pick<ChangeSet, 'add' | 'drop'>): string[] {
  return [...drop, ...add].map(({ courseId }) => courseId);
}
