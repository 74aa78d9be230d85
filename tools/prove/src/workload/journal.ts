import type { CourseState } from '@registrar/contracts-courses';
import type {
  ChangeResult,
  ChangesRequest,
  EnrollRequest,
  Enrollment,
} from '@registrar/contracts-enrollments';

/** The request of a client. */
export type Asked =
  | {
      readonly kind: 'enroll';
      readonly userId: string;
      readonly courseId: string;
      readonly joinWaitlist: boolean;
      /** The sender: the student, or a registrar who sets rules aside. */
      readonly actorId: string;
      readonly override: readonly NonNullable<EnrollRequest['override']>[number][];
      /** Of a course with variable credits. */
      readonly credits?: number | undefined;
      /** The enrollment that is given up for the seat. */
      readonly dropOnPromotion?: string;
    }
  | {
      readonly kind: 'changes';
      readonly userId: string;
      readonly actorId: string;
      readonly add: readonly ChangesRequest['add'][number][];
      readonly drop: readonly string[];
      readonly mode: ChangesRequest['mode'];
    }
  | {
      readonly kind: 'credits';
      readonly userId: string;
      readonly actorId: string;
      readonly enrollmentId: string;
      readonly credits: number;
    }
  | {
      /** What is given up for a waiting place, when it becomes a seat; null for nothing. */
      readonly kind: 'amend';
      readonly userId: string;
      readonly actorId: string;
      readonly enrollmentId: string;
      readonly dropOnPromotion: string | null;
    }
  | {
      readonly kind: 'swap';
      readonly userId: string;
      readonly actorId: string;
      readonly dropEnrollmentId: string;
      readonly addCourseId: string;
    }
  | {
      readonly kind: 'drop';
      readonly userId: string;
      readonly actorId: string;
      readonly enrollmentId: string;
    }
  | {
      readonly kind: 'complete';
      readonly userId: string;
      readonly actorId: string;
      readonly enrollmentId: string;
      readonly grade: string;
    }
  | {
      readonly kind: 'change';
      readonly actorId: string;
      readonly courseId: string;
      readonly change: CourseChange;
    };

/** What a registrar changes about a course. */
export type CourseChange =
  | { readonly capacity: number }
  | { readonly meetings: CourseState['meetings'] }
  | { readonly status: 'open' | 'closed' }
  | { readonly status: 'cancelled' };

/** The part of an answer's body that is read. */
export type AnswerBody = { readonly [Name in keyof Enrollment]?: Enrollment[Name] | undefined } & {
  readonly code?: string;
  /** Of a change set. */
  readonly results?: readonly ChangeResult[];
};

/** The enrollments that an answer shows: its own, or those of the results of a change set. */
export function enrollmentsIn(body: AnswerBody): AnswerBody[] {
  const { results } = body;
  return results ? results.flatMap(({ enrollment }) => enrollment ?? []) : [body];
}

/** One time that a request was sent. */
export interface Attempt {
  /** Milliseconds since the epoch: when it was sent, and when its answer (or the end of the connection) came. */
  readonly at: number;
  readonly doneAt: number;
  /** Where it was sent to: `gateway`, or an enrollments instance. */
  readonly via: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly replayed: boolean;
  /** `Retry-After`, where the answer has it. */
  readonly retryAfter?: string;
  readonly body: AnswerBody;
}

/** One request, with every time that it was sent. */
export interface Intent {
  readonly id: number;
  /** The idempotency key, the same in all attempts. */
  readonly key: string | undefined;
  /** The version of the course that a change is made on. */
  readonly ifMatch: number | undefined;
  readonly asked: Asked;
  readonly attempts: Attempt[];
}

/** The own enrollments as a student read them at a moment. */
export interface Look {
  readonly userId: string;
  readonly at: number;
  readonly via: string;
  readonly items: readonly Enrollment[];
}

/** A hold, from the answer that it is placed until its release is asked for. */
export interface HoldSpan {
  readonly userId: string;
  readonly holdId: string;
  readonly acknowledgedAt: number;
  /** Undefined while it is in force. */
  releaseBegunAt: number | undefined;
}

/** A permit, as its grant was answered. */
export interface Granted {
  readonly permitId: string;
  readonly userId: string;
  readonly courseId: string;
}

/** A permit, as its revocation was answered: used before, or never. */
export interface Revoked extends Granted {
  /** Milliseconds since the epoch. */
  readonly acknowledgedAt: number;
}

/** A read beside more writes than the system can do. */
export interface CrowdedRead {
  readonly what: string;
  readonly via: string;
  /** 0 where no answer came. */
  readonly status: number;
}

/** Every request that was sent and every answer that came, in memory. */
export class Journal {
  readonly intents: Intent[] = [];
  readonly looks: Look[] = [];
  /** Requests that were refused as too many, and not sent again. */
  readonly refused: Intent[] = [];
  readonly crowdedReads: CrowdedRead[] = [];
  readonly holds: HoldSpan[] = [];
  readonly permits: Granted[] = [];
  readonly revoked: Revoked[] = [];

  /** Records a request before it is sent for the first time. */
  begin(asked: Asked, { key, ifMatch }: { key?: string; ifMatch?: number } = {}): Intent {
    const intent: Intent = {
      id: this.intents.length + this.refused.length + 1,
      key,
      ifMatch,
      asked,
      attempts: [],
    };
    this.intents.push(intent);
    return intent;
  }

  /** Notes that a request was refused before any work, and is given up. */
  giveUp(intent: Intent): void {
    this.intents.splice(this.intents.lastIndexOf(intent), 1);
    this.refused.push(intent);
  }
}

/**
 * Whether an attempt says what became of the request. A lost answer, 429 and 5xx leave it open, and so does a duplicate
 * that is still under way.
 */
export function isDecisive({ status, body }: Pick<Attempt, 'status' | 'body'>): boolean {
  if (status === 0 || status === 429 || status >= 500) return false;
  return !(status === 409 && body.code === 'request_in_progress');
}

/** The first attempt that says what became of the request. */
export function answerOf(intent: Pick<Intent, 'attempts'>): Attempt | undefined {
  return intent.attempts.find(isDecisive);
}
