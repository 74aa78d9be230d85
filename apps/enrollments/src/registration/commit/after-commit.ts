import { Injectable, Logger } from '@nestjs/common';
import type { LevelRead } from '@registrar/cache';
import { OutboxRelay } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { classPlansOf } from '../planning/course-plan.ts';
import type { CoursePlan } from '../planning/course-plan.ts';
import type { StudentPlan } from '../planning/student-plan.ts';
import { hasCancellation } from '../../enrollment/class-codes.rules.ts';
import { promotionAllowed } from '../../enrollment/enrollment-window.rules.ts';
import { MyEnrollmentsCache } from '../../my-enrollments/my-enrollments.cache.ts';
import { DeferredWorkEvents } from './deferred-work.events.ts';
import { seatBreaches } from './registration.metrics.ts';
import { breaksSeats } from './seat-breach.rules.ts';

/** The plans of a commit that stands. */
export interface Committed {
  courses: readonly CoursePlan[];
  students: Iterable<StudentPlan>;
  /** RFC 3339. */
  now: string;
  /** What it publishes. */
  outbox: readonly OutboxEntry[];
  lists: ListsBefore;
}

/** Students' cached lists as they were before a commit, by student. */
type ListsBefore = ReadonlyMap<string, Promise<LevelRead>>;

/**
 * What follows a commit that stands: its events go out, the changed students' lists are brought up to date before
 * they are answered, and work that it deferred is announced.
 *
 * Failure: none reaches the caller, for the commit stands. What is lost here is found by the sweepers.
 */
@Injectable()
export class AfterCommit {
  private readonly logger = new Logger(AfterCommit.name);

  constructor(
    private readonly relay: OutboxRelay,
    private readonly own: MyEnrollmentsCache,
    private readonly deferred: DeferredWorkEvents,
  ) {}

  /** Reads the lists that a commit is going to change, while it is under way. */
  listsBefore(students: Iterable<StudentPlan>): ListsBefore {
    return new Map(changedOf(students).map(({ userId }) => [userId, this.own.readBefore(userId)]));
  }

  async committed({ courses, students, now, outbox, lists }: Committed): Promise<void> {
    for (const entry of outbox) this.relay.publish(entry);
    const classes = classPlansOf(courses);
    for (const course of classes) if (breaksSeats(course)) seatBreaches.inc();
    const changed = changedOf(students);
    await this.refresh(changed, lists);
    for (const student of changed) {
      if (student.retryDue) this.deferred.emit('scheduleLoosened', student.userId, student.before.semesterId);
    }
    for (const { seats, semester } of classes) {
      const owed =
        hasCancellation(seats) || (seats.promotion !== null && promotionAllowed({ seats, semester, now }));
      if (owed) this.deferred.emit('courseWorkDue', seats.courseId, outbox.length > 0);
    }
  }

  private async refresh(students: readonly StudentPlan[], lists: ListsBefore): Promise<void> {
    const outcomes = await Promise.allSettled(
      students.map((student) => this.own.changed(student, lists.get(student.userId))),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        this.logger.warn({ err: outcome.reason }, 'a cached list was not refreshed');
    }
  }
}

function changedOf(students: Iterable<StudentPlan>): StudentPlan[] {
  return [...students].filter(({ changes }) => changes.length > 0);
}
