import type { RefusalCode } from '@registrar/contracts-enrollments';
import type { IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import type { Actor } from '../../enrollment/enrollment.types.ts';

/** A seat is asked for, by the student or by a registrar on the student's behalf. */
export interface EnrollCommand {
  kind: 'enroll';
  courseId: string;
  userId: string;
  actor: Actor;
  joinWaitlist: boolean;
  override: ReadonlySet<RefusalCode>;
  request: IdempotentRequest;
}

/** A place is given up. */
export interface DropCommand {
  kind: 'drop';
  courseId: string;
  userId: string;
  actor: Actor;
}

/** A course is completed. */
export interface CompleteCommand {
  kind: 'complete';
  courseId: string;
  userId: string;
  actor: Actor;
}

/** A waiting student is judged again, because the own schedule changed. */
export interface ReconsiderCommand {
  kind: 'reconsider';
  courseId: string;
  userId: string;
}

/** Work that a course owes goes on: promotions, or the enrollments of a cancelled course. */
export interface ContinueCommand {
  kind: 'continue';
  courseId: string;
}

/** What a course's queue takes. */
export type Command = EnrollCommand | DropCommand | CompleteCommand | ReconsiderCommand | ContinueCommand;

/** Whose command it is; undefined for what a course owes by itself. */
export function studentOf(command: Command): string | undefined {
  return command.kind === 'continue' ? undefined : command.userId;
}

/** What came of a command: an answer to give, a refusal included. */
export interface CommandOutcome {
  answer: StoredAnswer;
  /** It is the kept answer of an earlier request with the same key. */
  replayed: boolean;
  /**
   * It acknowledges what an earlier commit did. The instance of that commit may have died before it told the
   * caches, so they have to be told before this is answered.
   */
  earlier: boolean;
}
