import type { ProblemBody } from '../api/problems.ts';
import type { RouteName } from '../api/routes.ts';

/**
 * A write that counts, stored before it is sent: sent again with the same key and the same bytes, it has one effect.
 */
export interface Intent {
  readonly userId: string;
  /** The Idempotency-Key. */
  readonly key: string;
  readonly method: string;
  readonly target: string;
  /** The bytes of the body; undefined for a DELETE, which has one effect by itself. */
  readonly body?: string | undefined;
  /** When it was made, in ms by this device. */
  readonly atMs: number;
  /** What it is about: its outcome is shown beside this. */
  readonly subject: IntentSubject;
  /** Routes whose answers it changes. */
  readonly changes: readonly RouteName[];
}

/** What an intent is about, for the words of its outcome after a reload. */
export interface IntentSubject {
  readonly action:
    | 'enroll'
    | 'join-waitlist'
    | 'drop'
    | 'leave-waitlist'
    | 'swap'
    | 'credits'
    | 'drop-on-promotion'
    | 'changes';
  readonly courseId: string;
  readonly courseCode: string;
  /** Names of the courses of a set of changes, by their ids. */
  readonly names?: Readonly<Record<string, string>>;
}

/** How the sending of an intent stands. */
export type IntentProgress =
  | { readonly status: 'sending' }
  /** No answer, or 504: it may have been committed. It is sent again by itself. */
  | { readonly status: 'unknown'; readonly nextTryAtMs: number }
  /** The server is busy and has done nothing yet. */
  | { readonly status: 'busy'; readonly nextTryAtMs: number }
  /** The session ended: it is sent when the reader has signed in again. */
  | { readonly status: 'session-ended' }
  /** The reader stopped it while the server was busy: nothing was done. */
  | { readonly status: 'stopped' }
  /** Too old to ask by its key: the list of own courses says what happened. */
  | { readonly status: 'expired' }
  | { readonly status: 'done'; readonly answer: unknown }
  | { readonly status: 'refused'; readonly problem: ProblemBody };

/** Whether nothing more comes by itself. */
export function isFinal(progress: IntentProgress): boolean {
  return ['done', 'refused', 'stopped', 'expired'].includes(progress.status);
}
