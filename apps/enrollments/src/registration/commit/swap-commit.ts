import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { backoffMs } from '@registrar/async';
import { ChangeRefused, Dynamo, maxTransactActions, storeBackoff } from '@registrar/dynamodb';
import { give } from '@registrar/idempotency';
import type { Answer, Recorder, RefusalAnswer } from '@registrar/idempotency';
import { serviceUnavailable, steadyNow, validationFailed } from '@registrar/service';
import { courseNotFound, enrollmentNotFound, refused } from '../../enrollment/answers.ts';
import { CoursePlan } from '../planning/course-plan.ts';
import { actionsOf } from '../planning/group-plan.ts';
import { promote } from '../planning/promotion.ts';
import { drop, enroll } from '../planning/judge-changes.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import type { Actor, Offering } from '../../enrollment/enrollment.types.ts';
import { ViewRepository, detailsFor } from './view.repository.ts';
import type { CourseView } from './view.repository.ts';
import { AfterCommit } from './after-commit.ts';
import { commitActions } from './commit-actions.ts';
import { maxJudged } from './group-view.ts';
import { sendCommit } from './transaction.ts';
import type { Failure } from './transaction.ts';

/** One seat for another. */
export interface Swap {
  userId: string;
  actor: Actor;
  dropCourseId: string;
  addCourseId: string;
}

/** Actions of a swap beside those of promotions: two of seats, outbox, enrollments; the semester; the record. */
const ownActions = 10;
const perPromotion = 4;
const timeoutMs = 5_000;
const contentionMs = 12;

/** A swap as read: both courses, the student, and who waits for the seat that comes free. */
interface SwapReading {
  from: CourseView;
  to: CourseView;
  student: StudentPlan;
  waiting: Awaited<ReturnType<ViewRepository['waiting']>>;
  waiters: StudentPlan[];
  offerings: ReadonlyMap<string, Offering>;
}

/** Why nothing of a swap was written. */
interface LostSwap {
  lost: Failure['reason'][];
}

/**
 * Commits a swap: the drop, the new seat and the promotions into the old one, in one transaction or not at all.
 * Called with both courses held.
 *
 * Failure: throws the refusal, 422 for two semesters, 503 when it cannot be committed in time, 409 `change_refused`
 * where the store does not take it.
 */
@Injectable()
export class SwapCommit {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly views: ViewRepository,
    private readonly after: AfterCommit,
  ) {}

  /** @param record keeps the answer in the same transaction */
  async commit(swap: Swap, record: Recorder): Promise<Answer> {
    const deadline = steadyNow() + timeoutMs;
    let promotes = true;
    for (let attempt = 1; attempt === 1 || steadyNow() < deadline; attempt += 1) {
      const reading = await this.read(swap, promotes);
      if ('refusal' in reading) return give(reading, false);
      const done = await this.decide(swap, reading, record);
      if ('status' in done) return done;
      if (done.lost.includes('refused')) {
        if (reading.waiters.length === 0) throw new ChangeRefused(new Error('a swap'));
        // A promotion may be the reason: the next try leaves the waitlist as it is.
        promotes = false;
      }
      const isThrottled = done.lost.includes('throttled');
      await delay(isThrottled ? backoffMs(attempt, storeBackoff) : Math.random() * contentionMs);
    }
    throw serviceUnavailable('These courses are in great demand. Try again with the same key.');
  }

  private async read(
    { userId, dropCourseId, addCourseId }: Swap,
    promotes: boolean,
  ): Promise<SwapReading | RefusalAnswer> {
    const [from, to] = await Promise.all([
      // Of the other course, whose prerequisites are judged, nothing is known yet.
      this.views.read(dropCourseId, [{ userId, courseIds: [dropCourseId, addCourseId] }], {
        completed: true,
      }),
      this.views.read(addCourseId, []),
    ]);
    const student = from.students[0];
    if (!from.course || !student?.enrollmentIn(dropCourseId)) return enrollmentNotFound;
    if (!to.course || to.course.seats.status === 'draft') return courseNotFound;
    const { seats, semester } = from.course;
    if (seats.semesterId !== to.course.seats.semesterId) {
      throw validationFailed([{ path: 'addCourseId', message: 'Both courses must be in one semester.' }]);
    }
    const hasWaiting = seats.waitlistedCount > 0 && seats.status === 'open';
    const waiting =
      hasWaiting && promotes
        ? await this.views.waiting(seats, maxJudged)
        : { places: [], isWhole: seats.waitlistedCount === 0 };
    const keys = waiting.places
      .filter((place) => place.userId !== userId)
      .map((place) => ({ userId: place.userId, courseIds: [dropCourseId] }));
    const waiters = await this.views.students(keys, seats.semesterId, detailsFor(from.course.offering));
    const offerings = await this.views.offeringsOf([student, ...waiters], semester);
    return { from: from.course, to: to.course, student, waiting, waiters, offerings };
  }

  /** The answer, or why the commit was lost. */
  private async decide(swap: Swap, reading: SwapReading, record: Recorder): Promise<Answer | LostSwap> {
    const nowMs = Date.now();
    const now = new Date(nowMs).toISOString();
    const { offerings } = reading;
    const from = new CoursePlan(reading.from.seats, reading.from.offering, reading.from.semester);
    const to = new CoursePlan(reading.to.seats, reading.to.offering, reading.to.semester);
    const student = reading.student.again();
    const dropped = drop(from, student, swap, now);
    if ('refusal' in dropped) return give(dropped, false);
    if (!from.isChanged) return give(hasEnded, false);
    const asked = { actor: swap.actor, joinWaitlist: false, override: new Set<never>() };
    const added = enroll(to, student, asked, { now, offerings });
    if ('refusal' in added) return give(added, false);
    const students = new Map(
      [student, ...reading.waiters.map((waiter) => waiter.again())].map((each) => [each.userId, each]),
    );
    const hasRoom = () => actionsOf(from, students) + ownActions + perPromotion <= maxTransactActions;
    promote(from, { ...reading.waiting, students, offerings }, now, hasRoom);
    const { actions, outbox } = commitActions(this.dynamo.tables, [from, to], students.values(), { nowMs });
    const kept = record(added).map((action) => ({
      action,
      owner: { kind: 'record', requestId: swap.userId } as const,
    }));
    const sent = sendCommit(this.dynamo, [...actions, ...kept]);
    const lists = this.after.listsBefore(students.values());
    const result = await sent;
    if (result.kind === 'refused') return { lost: ['refused'] };
    if (result.kind === 'lost') return { lost: result.failures.map(({ reason }) => reason) };
    await this.after.committed({ courses: [from, to], students: students.values(), now, outbox, lists });
    return added;
  }
}

const hasEnded = refused({
  code: 'enrollment_ended',
  detail: 'The enrollment to give up has ended already. Enroll in the other course instead.',
});
