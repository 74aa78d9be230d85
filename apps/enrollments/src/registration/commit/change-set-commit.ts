import { Injectable } from '@nestjs/common';
import { ChangeRefused, Dynamo } from '@registrar/dynamodb';
import { recordOf } from '@registrar/idempotency';
import type { IdempotencyRecord } from '@registrar/idempotency';
import { clockNow } from '@registrar/service';
import type { Trace } from '@registrar/service';
import { courseIdsOf } from '../../enrollment/class-codes.rules.ts';
import type { Offering } from '../../enrollment/enrollment.types.ts';
import type { ChangeSet } from '../planning/change-set.ts';
import type { CommandOutcome } from '../planning/commands.ts';
import { coursePlansOf } from '../planning/course-plan.ts';
import type { CoursePlan } from '../planning/course-plan.ts';
import { planChangeSet } from '../planning/set-plan.ts';
import type { SetView } from '../planning/set-plan.ts';
import type { StudentPlan } from '../planning/student-plan.ts';
import { Campus } from '../../enrollment/campus.ts';
import { AfterCommit } from './after-commit.ts';
import { commitActions } from './commit-actions.ts';
import { maxJudged, noneWaiting } from './group-view.ts';
import { SetReader } from './set-reader.ts';
import { keepAnswer, repeatedOutcome } from './kept-answer.ts';
import { sendCommit } from './transaction.ts';
import type { Failure, LostCommit } from './transaction.ts';
import { ViewRepository, detailsFor } from './view.repository.ts';
import type { CourseView } from './view.repository.ts';

/** A try of which nothing was written. */
export interface LostTry {
  lost: readonly Failure['reason'][];
  /** The course whose seats were in the way, where it was a course. */
  contendedCourse: string | undefined;
}

/** What a try may do. */
interface TryOptions {
  trace: Trace | undefined;
  /** Whether freed seats go to the waitlist in the same commit; else a later commit comes to it. */
  promotes: boolean;
}

/** What was read for a set. */
interface Reading extends Omit<SetView, 'now' | 'campus'> {
  /** The kept answer of an earlier try. */
  record: IdempotencyRecord | undefined;
}

/** What is known of a set before the waitlists. */
interface Known {
  set: ChangeSet;
  views: readonly CourseView[];
  student: StudentPlan;
  offerings: Map<string, Offering>;
}

/**
 * Commits a change set over several courses: all of it, with the promotions into the seats that it frees, in one
 * transaction on the condition that nothing that was read has changed.
 *
 * Guarantee: an outcome is durable.
 * Failure: throws 422 for courses of several semesters, 503 when the store does not answer, 409 `change_refused` where
 * it does not take the change.
 */
@Injectable()
export class ChangeSetCommit {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly views: ViewRepository,
    private readonly sets: SetReader,
    private readonly after: AfterCommit,
    private readonly campus: Campus,
  ) {}

  /** Reads, decides and commits once. */
  async attempt(set: ChangeSet, { trace, promotes }: TryOptions): Promise<CommandOutcome | LostTry> {
    const { record, ...reading } = await this.read(set, promotes);
    if (record && set.request) return repeatedOutcome(record, set.request);
    const nowMs = clockNow();
    const view = { ...reading, now: new Date(nowMs).toISOString(), campus: this.campus };
    const answer = planChangeSet(set, view);
    const isRefused = 'refusal' in answer;
    const courses = isRefused ? [] : [...view.courses.values()];
    const students = isRefused ? [] : [...view.students.values()];
    const moment = { nowMs, ...(trace && { traces: new Map([[set.userId, trace]]) }) };
    const { actions, outbox } = commitActions(this.dynamo.tables, courses, students, moment);
    const kept = set.request && { ...set.request, about: set.userId };
    if (kept) actions.push(keepAnswer(this.dynamo.tables, kept, answer, nowMs));
    const sent = sendCommit(this.dynamo, actions);
    const lists = this.after.listsBefore(students);
    const result = await sent;
    if (result.kind !== 'done') return this.lost(set, result, view);
    await this.after.committed({ courses, students, now: view.now, outbox, lists });
    const isChanged = view.students.get(set.userId)?.changes.length !== 0;
    return { answer, replayed: false, earlier: !isRefused && !isChanged };
  }

  private lost(set: ChangeSet, result: LostCommit, { students }: SetView): CommandOutcome | LostTry {
    const failures = result.kind === 'lost' ? result.failures : [];
    const kept = recordOf(failures.find(({ owner }) => owner.kind === 'record')?.item, Date.now());
    if (kept && set.request) return repeatedOutcome(kept, set.request);
    const lost = result.kind === 'refused' ? (['refused'] as const) : failures.map(({ reason }) => reason);
    // A promotion may be what the store does not take, if there is one.
    if (lost.includes('refused') && students.size <= 1) throw new ChangeRefused(new Error('a change set'));
    const owner = failures.map((failure) => failure.owner).find(({ kind }) => kind === 'course');
    return { lost, contendedCourse: owner?.kind === 'course' ? owner.courseId : undefined };
  }

  private async read(set: ChangeSet, promotes: boolean): Promise<Reading> {
    const { courses: views, student, offerings, record } = await this.sets.read(set);
    const courses = coursePlansOf(views);
    if (!student) return { courses, students: new Map(), heads: new Map(), offerings, record };
    return { courses, record, ...(await this.readWaiting({ set, views, student, offerings }, promotes)) };
  }

  /** The waitlists of the courses in which a seat may come free, and who waits there. */
  private async readWaiting(
    { set, views, student, offerings }: Known,
    promotes: boolean,
  ): Promise<Pick<Reading, 'students' | 'heads' | 'offerings'>> {
    const freeing = views.filter(({ seats }) => mayFree(set, courseIdsOf(seats)));
    const waiting = await Promise.all(
      freeing.map(async ({ seats }) => {
        const isRead = promotes && seats.waitlistedCount > 0 && seats.status === 'open';
        if (isRead) return this.views.waiting(seats, maxJudged);
        return { places: [], isWhole: seats.waitlistedCount === 0 };
      }),
    );
    const userIds = new Set(waiting.flatMap(({ places }) => places.map((place) => place.userId)));
    userIds.delete(set.userId);
    const courseIds = freeing.flatMap(({ seats }) => courseIdsOf(seats));
    const completions = freeing.some((course) => detailsFor(course).completions);
    const keys = [...userIds].map((id) => ({ userId: id, courseIds }));
    const waiters = await this.views.students(keys, student.before.semesterId, { completions });
    const students = new Map([student, ...waiters].map((each) => [each.userId, each]));
    for (const [id, offering] of await this.views.offeringsOf(waiters, freeing)) offerings.set(id, offering);
    const heads = new Map(
      freeing.map(({ seats }, at) => {
        const head = { ...(waiting[at] ?? noneWaiting), students, offerings, others: noOthers };
        return [seats.courseId, head] as const;
      }),
    );
    return { students, heads, offerings };
  }
}

/** Whether a set may free a seat of a class: what it takes in it alone frees none. */
function mayFree({ add, drop }: ChangeSet, ofClass: readonly string[]): boolean {
  const isOfClass = ({ courseId }: { courseId: string }) => ofClass.includes(courseId);
  return drop.some(isOfClass) || !add.some(isOfClass);
}

/** Promotions that concern further courses are left to a commit of their own. */
const noOthers: ReadonlyMap<string, CoursePlan> = new Map();
