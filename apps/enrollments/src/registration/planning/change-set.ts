import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { IdempotentRequest } from '@registrar/idempotency';
import type { Actor, WaitlistPlace } from '../../enrollment/enrollment.types.ts';

/** A place to take. */
export interface Addition {
  courseId: string;
  /** Whether a place on the waitlist will do where no seat is free. */
  joinWaitlist: boolean;
  /** Of variable credits; default the course's. */
  credits?: number | undefined;
  /** The course whose seat is given up when this one is taken; kept with the place where the student waits. */
  dropOnPromotion?: string | undefined;
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
  /** `all`: everything or nothing, judged together. `each`: what no rule stops, each as after those before it. */
  mode: 'all' | 'each';
  /** Judged after the drops. */
  add: readonly Addition[];
  drop: readonly Removal[];
  /** Codes of the rules that a registrar sets aside. */
  override: ReadonlySet<RefusalCode>;
  /** Whether it is answered by the result of each entry, or as a request for one place. */
  answer: 'results' | 'single';
  /** A transfer by the registrar: windows and deadlines do not count, and the student is told of it as one. */
  isTransfer?: true;
  /** The student is erased: neither holds nor links stop a drop. */
  isErasure?: true;
  /** The answer is kept with the commit under it; undefined where a repetition does no harm. */
  request: IdempotentRequest | undefined;
}

const nothing: ReadonlySet<RefusalCode> = new Set();

/** What sets of one request have in common. */
const single = { kind: 'change', mode: 'all', answer: 'single' } as const;

/** One place for a student. */
export function enrollment(
  set: Addition & Pick<ChangeSet, 'userId' | 'actor' | 'request'> & Partial<Pick<ChangeSet, 'override'>>,
): ChangeSet {
  const { userId, actor, request, override = nothing, ...add } = set;
  return { ...single, userId, actor, add: [add], drop: [], override, request };
}

/** One place less. */
export function removal({
  courseId,
  userId,
  actor,
}: { courseId: string } & Pick<ChangeSet, 'userId' | 'actor'>): ChangeSet {
  const drop: Removal[] = [{ courseId, whenEnded: 'unchanged' }];
  return { ...single, userId, actor, add: [], drop, override: nothing, request: undefined };
}

/** The actor of promotions, which no user requests. */
export const system: Actor = { id: 'system', role: 'system' };

/** One waiting place less, as its student is erased. */
export function erasureOfWait(userId: string, courseId: string): ChangeSet {
  return { ...removal({ courseId, userId, actor: system }), isErasure: true };
}

/** Seats for a waiting student: in one course, or in several that are taken together. */
export function promotionOf(
  { userId }: Pick<WaitlistPlace, 'userId'>,
  places: readonly Pick<Addition, 'courseId' | 'dropOnPromotion'>[],
): ChangeSet {
  const add = places.map((place): Addition => ({ ...place, joinWaitlist: false, isPromotion: true }));
  return { ...single, userId, actor: system, add, drop: [], override: nothing, request: undefined };
}

/** One seat for another. */
export function swap(
  set: { dropCourseId: string; addCourseId: string } & Pick<ChangeSet, 'userId' | 'actor' | 'request'>,
): ChangeSet {
  const { dropCourseId, addCourseId, userId, actor, request } = set;
  const drop: Removal[] = [{ courseId: dropCourseId, whenEnded: 'refused' }];
  const add: Addition[] = [{ courseId: addCourseId, joinWaitlist: false }];
  return { ...single, userId, actor, add, drop, override: nothing, request };
}

/** The courses that a set names: the drops', the adds', and those that are dropped for these; each once. */
export function coursesOf({ add, drop }: Pick<ChangeSet, 'add' | 'drop'>): string[] {
  const named = [...drop, ...add].map(({ courseId }) => courseId);
  return [...new Set([...named, ...add.flatMap(({ dropOnPromotion }) => dropOnPromotion ?? [])])];
}
