import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Work that a commit defers, by event. */
interface DeferredWorkDue {
  /**
   * A course owes promotions, or has enrollments to end; `progressed`: the commit changed something. If not, the next
   * one comes after a pause.
   */
  courseWorkDue: [courseId: string, progressed: boolean];
  /** A student's schedule became looser: the waiting places of the semester are judged again. */
  scheduleLoosened: [userId: string, semesterId: string];
}

/**
 * Announces within the process that a commit has deferred work, so that it is done at once. The work is marked in the
 * store with the commit itself: what gets lost here is found by the sweeper.
 */
@Injectable()
export class DeferredWorkEvents extends EventEmitter<DeferredWorkDue> {}
