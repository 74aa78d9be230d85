import { Logger } from '@nestjs/common';
import type { CourseState } from '@registrar/contracts-courses';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { isChangeRefused, retryOnConflict } from '@registrar/dynamodb';
import { Problem, serviceUnavailable } from '@registrar/service';
import type { PendingCourseChange } from '../catalogue/course.codec.ts';
import { PendingChangeRunner } from '../pending-changes/pending-change-runner.ts';
import { followedClass } from './course-change.rules.ts';
import type { CourseChangeStore } from './course-change.store.ts';
import type { CourseRelations } from './course-relations.ts';
import { pendingCourseChange } from './pending-course-change.ts';

/**
 * Gives the courses that are cross-listed with a class what is the class's: meetings, instructors, status, reservations,
 * the waitlist's capacity, and the class's capacity where none was stated for them.
 *
 * Guarantee: runs while the change of the class is pending, and does nothing where a course has it all: a change of a
 * class that stopped in between is completed with its cross-listed courses, or not committed.
 * Failure: what keeps a cross-listed course from following leaves the change of the class pending.
 */
export class CrossListedCourses {
  private readonly logger = new Logger(CrossListedCourses.name);
  private readonly runner: PendingChangeRunner<CourseState, PendingCourseChange, CourseSeats>;

  constructor(
    private readonly store: CourseChangeStore,
    private readonly relations: CourseRelations,
  ) {
    this.runner = new PendingChangeRunner(store);
  }

  /** Brings all of them to where this change brings their class; nothing where the course is cross-listed itself. */
  async follow({ state: course, change, actorId }: PendingCourseChange): Promise<void> {
    if (change === 'created' || course.crossListedOf !== null) return;
    const { ids, ofClassCapacity } = await this.relations.crossListed(course.id);
    for (const id of ids) await this.bring(id, course, { actorId, withCapacity: ofClassCapacity.has(id) });
  }

  private async bring(
    id: string,
    course: CourseState,
    { actorId, withCapacity }: { actorId: string; withCapacity: boolean },
  ): Promise<void> {
    try {
      await retryOnConflict(() => this.bringOnce(id, course, { actorId, withCapacity }));
    } catch (error) {
      // The class's own capacity was approved: a refusal must not withdraw it.
      const isRefused = error instanceof Problem && error.status === 409 && !isChangeRefused(error);
      if (!isRefused) throw error;
      if (!withCapacity) throw serviceUnavailable('A cross-listed course cannot follow its class.', error);
      this.logger.warn({ err: error, id }, 'a cross-listed course keeps its capacity');
      await this.bring(id, course, { actorId, withCapacity: false });
    }
  }

  private async bringOnce(
    id: string,
    course: CourseState,
    { actorId, withCapacity }: { actorId: string; withCapacity: boolean },
  ): Promise<void> {
    const stored = await this.runner.readCompleted(id);
    const before = stored?.state;
    if (!before) return;
    const next = followedClass(before, course, { withCapacity, version: stored.lastVersion + 1 });
    if (!next) return;
    const change = next.status === 'cancelled' ? 'cancelled' : 'updated';
    const pending = pendingCourseChange(change, { before, next }, { actorId, now: this.store.now() });
    await this.store.begin(pending, before.version);
    await this.runner.complete(id, pending);
  }
}
