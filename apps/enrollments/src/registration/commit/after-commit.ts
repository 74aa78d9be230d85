import { Injectable, Logger } from '@nestjs/common';
import { OutboxRelay } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import type { CourseDraft } from '../draft/course-draft.ts';
import type { StudentDraft } from '../draft/student-draft.ts';
import { promotionAllowed } from '../eligibility.rules.ts';
import { OwnEnrollmentsCache } from '../../own/own-enrollments.cache.ts';
import { FollowUps } from './follow-ups.ts';
import { seatBreaches } from './registration.metrics.ts';
import { breaksSeats } from './seat-breach.rules.ts';

/** The drafts of a commit that stands. */
export interface Committed {
  courses: readonly CourseDraft[];
  students: Iterable<StudentDraft>;
  /** RFC 3339. */
  now: string;
}

/**
 * What follows a commit that stands: its events go out, the changed students' lists are brought up to date before
 * they are answered, and work that is left is gone on with.
 *
 * Failure: none reaches the caller, for the commit stands. What is lost here is found by the sweepers.
 */
@Injectable()
export class AfterCommit {
  private readonly logger = new Logger(AfterCommit.name);

  constructor(
    private readonly relay: OutboxRelay,
    private readonly own: OwnEnrollmentsCache,
    private readonly followUps: FollowUps,
  ) {}

  async committed({ courses, students, now }: Committed, outbox: readonly OutboxEntry[]): Promise<void> {
    for (const entry of outbox) this.relay.publish(entry);
    for (const course of courses) if (breaksSeats(course)) seatBreaches.inc();
    const changed = [...students].filter(({ changes }) => changes.length > 0);
    await this.refresh(changed);
    for (const student of changed) {
      if (student.retryDue) this.followUps.retryWaiting(student.userId, student.before.semesterId);
    }
    for (const { seats, semester } of courses) {
      const owed =
        seats.cancellation !== null ||
        (seats.promotion !== null && promotionAllowed({ seats, semester, now }));
      if (owed) this.followUps.goOn(seats.courseId, outbox.length > 0);
    }
  }

  private async refresh(students: readonly StudentDraft[]): Promise<void> {
    const outcomes = await Promise.allSettled(students.map((student) => this.own.changed(student)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        this.logger.warn({ err: outcome.reason }, 'a cached list was not refreshed', AfterCommit.name);
    }
  }
}
