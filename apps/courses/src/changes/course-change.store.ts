import { Injectable, Logger } from '@nestjs/common';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { Dynamo, TransactionCancelled, shardOf } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { TransactAction } from '@registrar/dynamodb';
import type { Recorder } from '@registrar/idempotency';
import { OutboxRelay, outboxAction } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import type { CourseState } from '@registrar/contracts-courses';
import { overdueIn, takeLease } from '../agreement/intent-lease.ts';
import { beginning, holding, withdrawing } from '../agreement/intent-writes.ts';
import type { AgreedStore } from '../agreement/intent.ts';
import { EnrollmentsClient } from '../agreement/enrollments.client.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { SeatCounts } from '../catalogue/seat-counts.ts';
import { courseAnswer, courseExists } from '../catalogue/course-answers.ts';
import { eventEntry } from './course-events.ts';
import { attributesOf, heldOf, intentAttribute } from '../catalogue/course.codec.ts';
import type { CourseIntent, CourseItem, HeldCourse } from '../catalogue/course.codec.ts';

const pendingIndex = 'PendingCourses';

/**
 * Courses on their way to a new state: the intent on the course's own item, then the commit.
 *
 * Guarantee: one intent a course at a time, each with a version that no other ever has; version, event, reservation
 * of the code and the kept answer change in one transaction; after it, readers of this instance see the course as
 * committed at once.
 */
@Injectable()
export class CourseChangeStore implements AgreedStore<CourseState, CourseIntent, CourseSeats> {
  private readonly audit = new Logger('Audit');
  private readonly table: string;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly relay: OutboxRelay,
    private readonly idempotent: IdempotentRequests,
    private readonly enrollments: EnrollmentsClient,
    private readonly catalogue: Catalogue,
    private readonly counts: SeatCounts,
  ) {
    this.table = dynamo.tables.name('courses');
  }

  async read(id: string): Promise<HeldCourse | undefined> {
    const item = await this.dynamo.get<CourseItem>({
      TableName: this.table,
      Key: { id },
      ConsistentRead: true,
    });
    return item && heldOf(item);
  }

  /**
   * Writes the intent down. `before` is the version it was decided on, undefined for a new course.
   *
   * @throws TransactionCancelled where the course was changed meanwhile, or there is or was an intent; Problem 409
   * `course_exists` where another course has the code and section
   */
  async begin(intent: CourseIntent, before: number | undefined): Promise<void> {
    const { id, version } = intent.state;
    const Update = beginning(
      { TableName: this.table, Key: { id } },
      {
        intent: intentAttribute(intent),
        shard: shardOf(id),
        leasedUntil: intent.leasedUntil,
        before,
        version,
      },
    );
    try {
      await this.dynamo.transact([{ Update }, ...this.takes(intent)]);
    } catch (error) {
      if (!(error instanceof TransactionCancelled) || error.failedCondition(0)) throw error;
      throw error.failedCondition(1) ? courseExists() : error;
    }
  }

  now(): number {
    return this.dynamo.now();
  }

  lease(id: string, intent: CourseIntent, until: number): Promise<boolean> {
    return takeLease(this.dynamo, { TableName: this.table, Key: { id } }, intent, until);
  }

  agree({ state, actorId }: CourseIntent): Promise<CourseSeats> {
    return this.enrollments.putOffering(state, actorId);
  }

  async withdraw(intent: CourseIntent): Promise<void> {
    const { id, version } = intent.state;
    const Update = withdrawing({ TableName: this.table, Key: { id } }, intent.token, version);
    try {
      await this.dynamo.transact([{ Update }, ...this.frees(intent.takes, id)]);
    } catch (error) {
      if (!(error instanceof TransactionCancelled)) throw error;
    }
  }

  async commit(intent: CourseIntent, seats: CourseSeats, record?: Recorder): Promise<void> {
    const { state, change } = intent;
    const entry = eventEntry(intent);
    const kept =
      change === 'created' ? (record ?? this.recorderOf(intent))(courseAnswer(201, state, seats)) : [];
    const actions: TransactAction[] = [
      {
        Put: {
          TableName: this.table,
          Item: { id: state.id, ...attributesOf(state) },
          ...holding(intent.token),
        },
      },
      outboxAction(this.dynamo.tables, entry),
      ...this.frees(intent.frees, state.id),
      ...kept,
    ];
    try {
      await this.dynamo.transact(actions);
    } catch (error) {
      const answeredBefore =
        error instanceof TransactionCancelled && kept.length > 0 && error.failedCondition(actions.length - 1);
      if (answeredBefore) await this.withdraw(intent);
      throw error;
    }
    await this.committed(intent, seats, entry);
  }

  overdue(now: number): Promise<string[]> {
    return overdueIn(this.dynamo, { table: this.table, index: pendingIndex }, now);
  }

  private async committed(intent: CourseIntent, seats: CourseSeats, entry: OutboxEntry): Promise<void> {
    const { state, change, actorId } = intent;
    this.relay.publish(entry);
    this.counts.learn(state.id, seats);
    await this.catalogue.apply(state);
    const { id: courseId, version, status } = state;
    this.audit.log(
      { action: `course.${change}`, actorId, courseId, version, status },
      'registrar write',
      'Audit',
    );
  }

  private recorderOf({ request }: CourseIntent): Recorder {
    return (answer) => (request ? [this.idempotent.record(request, answer)] : []);
  }

  private takes({ takes, state }: CourseIntent): TransactAction[] {
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
