import { Injectable } from '@nestjs/common';
import { Auditor, changesOf } from '@registrar/audit';
import type { AuditEntry } from '@registrar/audit';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { ConditionFailed, Dynamo, TransactionCancelled } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { TransactAction } from '@registrar/dynamodb';
import type { Recorder } from '@registrar/idempotency';
import { OutboxRelay, outboxAction } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import type { CourseState } from '@registrar/contracts-courses';
import { PendingChangeItems, holding } from '../pending-changes/pending-change-items.ts';
import type { PendingChangeStore } from '../pending-changes/pending-change.ts';
import { EnrollmentsClient } from '../pending-changes/enrollments.client.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { InstructorNames } from '../catalogue/instructor-names.ts';
import { SeatCounts } from '../catalogue/seat-counts.ts';
import { courseAnswer, courseExists } from '../catalogue/course-answers.ts';
import { eventEntry } from './course-events.ts';
import { beginningRelations, committingRelations, withdrawingRelations } from './course-relation.actions.ts';
import { CourseRelations } from './course-relations.ts';
import { CrossListedCourses } from './cross-listed-courses.ts';
import { attributesOf, storedOf, pendingChangeAttribute } from '../catalogue/course.codec.ts';
import type { CourseItem, PendingCourseChange } from '../catalogue/course.codec.ts';

/**
 * Courses on their way to a new state: the pending change on the course's own item, then the commit.
 *
 * Guarantee: that of PendingChangeItems; version, event, reservation of the code, records of links and the kept answer
 * change in one transaction; after it, readers of this instance see the course as committed at once. What is
 * cross-listed with a course has followed it by then.
 */
@Injectable()
export class CourseChangeStore
  extends PendingChangeItems<CourseState, PendingCourseChange, CourseItem>
  implements PendingChangeStore<CourseState, PendingCourseChange, CourseSeats>
{
  private readonly crossListed: CrossListedCourses;

  constructor(
    dynamo: Dynamo,
    private readonly relay: OutboxRelay,
    private readonly idempotent: IdempotentRequests,
    private readonly enrollments: EnrollmentsClient,
    private readonly catalogue: Catalogue,
    private readonly counts: SeatCounts,
    private readonly names: InstructorNames,
    private readonly auditor: Auditor,
  ) {
    const keyOf = (id: string) => ({ id });
    const intentOf = pendingChangeAttribute;
    super(dynamo, { table: 'courses', index: 'PendingCourses', keyOf, storedOf, intentOf });
    this.crossListed = new CrossListedCourses(this, new CourseRelations(dynamo));
  }

  /**
   * Writes the pending change down. `before` is the version it was decided on, undefined for a new course.
   *
   * @param ofClass the class of a new cross-listed course, as it was decided on
   * @throws TransactionCancelled where the course has changed since, or there is or was a pending change;
   * ConditionFailed where a course that it is linked to or cross-listed with has; Problem 409 `course_exists` where
   * another course has the code and section
   */
  async begin(
    pending: PendingCourseChange,
    before: number | undefined,
    ofClass?: CourseState,
  ): Promise<void> {
    const reservation = this.takes(pending);
    try {
      await this.dynamo.transact([
        this.beginning(pending, before),
        ...reservation,
        ...beginningRelations(this.table, pending, ofClass),
      ]);
    } catch (error) {
      if (!(error instanceof TransactionCancelled) || error.failedCondition(0) || error.isRefused)
        throw error;
      if (reservation.length > 0 && error.failedCondition(1)) throw courseExists();
      throw new ConditionFailed(undefined, false);
    }
  }

  async requestApproval(pending: PendingCourseChange): Promise<CourseSeats> {
    const seats = await this.enrollments.putOffering(pending.state, pending.actorId);
    await this.crossListed.follow(pending);
    return seats;
  }

  withdraw(pending: PendingCourseChange): Promise<void> {
    return this.withdrawWith(pending, [
      ...this.frees(pending.takes, pending.state.id),
      ...withdrawingRelations(this.table, pending),
    ]);
  }

  async commit(pending: PendingCourseChange, seats: CourseSeats, record?: Recorder): Promise<void> {
    const { state, change } = pending;
    const entry = eventEntry(pending);
    const recorded = await this.entryOf(pending);
    const kept = change === 'created' ? await this.answerOf(pending, seats, record) : [];
    const actions: TransactAction[] = [
      {
        Put: {
          TableName: this.table,
          Item: { id: state.id, ...attributesOf(state) },
          ...holding(pending.token),
        },
      },
      outboxAction(this.dynamo.tables, entry),
      recorded.action,
      ...this.frees(pending.frees, state.id),
      ...committingRelations(this.table, pending),
      ...kept,
    ];
    try {
      await this.dynamo.transact(actions);
    } catch (error) {
      const answeredBefore =
        error instanceof TransactionCancelled && kept.length > 0 && error.failedCondition(actions.length - 1);
      if (answeredBefore) await this.withdraw(pending);
      throw error;
    }
    recorded.publish();
    await this.committed(pending, seats, entry);
  }

  /** The pending change keeps its course as it was decided on: what is read here is what the commit replaces. */
  private async entryOf({ state, change, actorId }: PendingCourseChange): Promise<AuditEntry> {
    const before = change === 'created' ? undefined : await this.read(state.id);
    return this.auditor.entry({
      actor: { id: actorId },
      action: `course_${change}`,
      resource: `course:${state.id}`,
      ...changesOf(before?.state, state),
    });
  }

  private async committed(
    pending: PendingCourseChange,
    seats: CourseSeats,
    entry: OutboxEntry,
  ): Promise<void> {
    const { state } = pending;
    this.relay.publish(entry);
    this.counts.learn(state.id, seats);
    if (state.crossListedOf === null) this.counts.recheck(state);
    await this.catalogue.apply(state);
  }

  /** What keeps the answer of a creation; names of people are no part of it, and are read when it is given again. */
  private async answerOf(
    pending: PendingCourseChange,
    seats: CourseSeats,
    record: Recorder = this.recorderOf(pending),
  ): Promise<TransactAction[]> {
    const { state } = pending;
    const answer = courseAnswer(201, state, seats, await this.names.find(state));
    const instructors = answer.body.instructors.map(({ id }) => ({ id, name: null }));
    return record({ ...answer, body: { ...answer.body, instructors } });
  }

  private recorderOf({ request }: PendingCourseChange): Recorder {
    return (answer) => (request ? [this.idempotent.record(request, answer)] : []);
  }

  private takes({ takes, state }: PendingCourseChange): TransactAction[] {
    if (takes === undefined) return [];
    const Put = {
      TableName: this.table,
      Item: { id: takes, course_id: state.id },
      ConditionExpression: 'attribute_not_exists(id) OR course_id = :course',
      ExpressionAttributeValues: { ':course': state.id },
    };
    return [{ Put }];
  }

  private frees(key: string | undefined, courseId: string): TransactAction[] {
    if (key === undefined) return [];
    const Delete = {
      TableName: this.table,
      Key: { id: key },
      ConditionExpression: 'course_id = :course',
      ExpressionAttributeValues: { ':course': courseId },
    };
    return [{ Delete }];
  }
}
