import { Injectable } from '@nestjs/common';

/** Does what a commit leaves behind. */
export interface FollowUpHandler {
  /**
   * A course owes promotions, or has enrollments to end: go on with its next commit.
   *
   * @param progressed whether the commit that asks for it changed anything; if not, a pause comes first
   */
  goOn(courseId: string, progressed: boolean): void;
  /** A student's schedule became looser: judge the waiting places of the semester again. */
  retryWaiting(userId: string, semesterId: string): void;
}

/**
 * Hands on the work that a commit leaves behind, so that it happens at once. The work is marked in the store with
 * the commit itself: what gets lost here is found by the sweeper.
 */
@Injectable()
export class FollowUps implements FollowUpHandler {
  private handler: FollowUpHandler | undefined;

  /** From now on `handler` does the work. */
  handOnTo(handler: FollowUpHandler): void {
    this.handler = handler;
  }

  goOn(courseId: string, progressed: boolean): void {
    this.handler?.goOn(courseId, progressed);
  }

  retryWaiting(userId: string, semesterId: string): void {
    this.handler?.retryWaiting(userId, semesterId);
  }
}
