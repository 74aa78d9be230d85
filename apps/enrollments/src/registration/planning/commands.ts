import type { IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import type { Actor } from '../../enrollment/enrollment.types.ts';
import type { ChangeSet } from './change-set.ts';

/** How an enrollment was completed: with which grade, with another one, or not at all. */
export interface CompleteCommand {
  kind: 'complete';
  userId: string;
  actor: Actor;
  /** `enrolled` undoes a completion; undefined corrects one. */
  status: 'completed' | 'enrolled' | undefined;
  /** Null for none; undefined leaves it as it is. */
  grade: string | null | undefined;
}

/** What a student said of an own place is changed: credits, or what is dropped on promotion. */
export interface AmendCommand {
  kind: 'amend';
  userId: string;
  actor: Actor;
  credits: number | undefined;
  /** Id of the enrollment; null for none. */
  dropOnPromotion: string | null | undefined;
}

/** A waiting student is judged again, because the own schedule changed. */
interface ReconsiderCommand {
  kind: 'reconsider';
  userId: string;
}

/** Continues the work that a course owes: promotions, or the enrollments of a cancelled course. */
interface ContinueCommand {
  kind: 'continue';
}

/** What is asked of a student's place in one course. */
type PlaceCommand = CompleteCommand | AmendCommand | ReconsiderCommand;

/** What is asked of one course. */
export type CourseCommand = PlaceCommand | ContinueCommand;

/** What a class's queue takes: a change set of one of its courses alone, or a command for the course that it names. */
export type Command = ChangeSet | (PlaceCommand & { courseId: string }) | ContinueCommand;

/** Whose command it is; undefined for what a course owes by itself. */
export function studentOf(command: Command): string | undefined {
  return command.kind === 'continue' ? undefined : command.userId;
}

/** The request whose answer is kept with the commit, where there is one. */
export function requestOf(command: Command): IdempotentRequest | undefined {
  return command.kind === 'change' ? command.request : undefined;
}

/** What came of a command: an answer to give, a refusal included. */
export interface CommandOutcome {
  answer: StoredAnswer;
  /** It is the kept answer of an earlier request with the same key. */
  replayed: boolean;
  /**
   * It acknowledges what an earlier commit did. The instance of that commit may have died before it updated the
   * caches, so they have to be updated before this is answered.
   */
  earlier: boolean;
}
