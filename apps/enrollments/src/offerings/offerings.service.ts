import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CourseSeats, OfferingUpdate } from '@registrar/contracts-enrollments';
import { Dynamo, TransactionCancelled } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { Problem, serviceUnavailable } from '@registrar/service';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { promotionAllowed } from '../enrollment/enrollment-window.rules.ts';
import type { Offering, RefusedChange, Seats } from '../enrollment/enrollment.types.ts';
import { countsOf } from '../enrollment/seats.rules.ts';
import { offeringItem, offeringOf, semesterOf } from '../enrollment/store/offering.codec.ts';
import type { OfferingItem, SemesterItem } from '../enrollment/store/offering.codec.ts';
import { pendingMark } from '../enrollment/store/pending.rules.ts';
import { rejudgeAction } from '../enrollment/store/rejudge.codec.ts';
import { seatsItem, seatsOf } from '../enrollment/store/seats.codec.ts';
import type { SeatsItem } from '../enrollment/store/seats.codec.ts';
import { hasOtherTimes, newSeats, offeringAfter, refusalOf, seatsAfterUpdate } from './offering.rules.ts';

/** A change meets the commits of a hot course: it is tried so often before 503. */
const maxTries = 40;
const pauseMs = 15;

/** What a change of a course is decided on. */
interface CourseBefore {
  seats: Seats | undefined;
  offering: Offering | undefined;
  semester: SemesterItem | undefined;
}

/**
 * Takes over what the courses service says of a course, before that service answers for it: what a registrar changes
 * holds for the very next enrollment.
 *
 * Guarantee: a state not newer than the known one changes nothing; the seats change in one transaction with the
 * course's rules, so that no commit decides on a mix. A change is taken over or refused once and for good: a copy of
 * it that arrives later, on any instance, changes nothing. Failure: 503; the courses service asks again.
 */
@Injectable()
export class OfferingsService {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly deferred: DeferredWorkEvents,
  ) {}

  /**
   * @param isFact the change has happened already: it is taken over even where the capacity is too small
   * @throws Problem 409 `capacity_below_enrolled`
   */
  async putCourse(courseId: string, update: OfferingUpdate, { isFact = false } = {}): Promise<CourseSeats> {
    for (let attempt = 0; attempt < maxTries; attempt += 1) {
      const before = await this.read(courseId, update.semesterId);
      if (before.seats && before.seats.courseVersion >= update.version) return answerOf(before.seats);
      const refusal = before.seats && !isFact ? refusalOf(before.seats, update) : null;
      if (before.seats && refusal) {
        if (await this.keep(before.seats, refusal)) throw belowEnrolled(refusal);
      } else {
        const done = await this.write(courseId, update, before);
        if (done) return answerOf(done);
      }
      await delay(Math.random() * pauseMs);
    }
    throw serviceUnavailable('The course is in great demand at this moment. Try again.');
  }

  /**
   * Writes down that a change is refused, before its sender is answered; false where the course changed meanwhile. As each
   * write of the seats raises their version, no other copy of the change, and no commit, passes this one unseen.
   */
  private async keep(seats: Seats, refusal: RefusedChange): Promise<boolean> {
    if (seats.refused === refusal) return true;
    const Update = {
      TableName: this.dynamo.tables.name('course_seats'),
      Key: { course_id: seats.courseId },
      UpdateExpression: 'SET refused = :refused, #version = :next',
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: {
        ':refused': refusal,
        ':version': seats.version,
        ':next': seats.version + 1,
      },
    };
    return this.stands([{ Update }]);
  }

  /** Whether the transaction went through; false where an item is not as it was read. */
  private async stands(actions: TransactAction[]): Promise<boolean> {
    try {
      await this.dynamo.transact(actions, { conflicts: 'throw' });
      return true;
    } catch (error) {
      if (error instanceof TransactionCancelled && !error.isRefused) return false;
      throw error;
    }
  }

  private async read(courseId: string, semesterId: string): Promise<CourseBefore> {
    const { name } = this.dynamo.tables;
    const [seats, offering, semester] = await this.dynamo.batchGet<object>(
      [
        { table: name('course_seats'), key: { course_id: courseId } },
        { table: name('offerings'), key: { course_id: courseId } },
        { table: name('semesters'), key: { id: semesterId } },
      ],
      { consistent: true },
    );
    return {
      seats: seats && seatsOf(seats as SeatsItem),
      offering: offering && offeringOf(offering as OfferingItem),
      semester: semester as SemesterItem | undefined,
    };
  }

  private async write(
    courseId: string,
    update: OfferingUpdate,
    before: CourseBefore,
  ): Promise<Seats | undefined> {
    const seats = before.seats ? seatsAfterUpdate(before.seats, update) : newSeats(courseId, update);
    const isDue =
      before.semester !== undefined &&
      promotionAllowed({ seats, semester: semesterOf(before.semester), now: new Date().toISOString() });
    if (!(await this.stands(this.actions(courseId, update, before, { seats, isDue })))) return undefined;
    if (seats.cancellation || (seats.promotion && isDue)) this.deferred.emit('courseWorkDue', courseId, true);
    return seats;
  }

  private actions(
    courseId: string,
    update: OfferingUpdate,
    before: CourseBefore,
    { seats, isDue }: { seats: Seats; isDue: boolean },
  ): TransactAction[] {
    const { name } = this.dynamo.tables;
    const offering = offeringAfter(courseId, update);
    const seatsPut = {
      TableName: name('course_seats'),
      Item: seatsItem(seats, pendingMark(seats, isDue, Date.now())),
      ConditionExpression: before.seats ? '#version = :version' : 'attribute_not_exists(#version)',
      ExpressionAttributeNames: { '#version': 'version' },
      ...(before.seats && { ExpressionAttributeValues: { ':version': before.seats.version } }),
    };
    const actions: TransactAction[] = [
      { Put: seatsPut },
      { Put: { TableName: name('offerings'), Item: offeringItem(offering), ...asRead(before.offering) } },
    ];
    if (!before.semester || !hasOtherTimes(before.offering, offering)) return actions;
    const { semesterId, version } = update;
    actions.push(this.scheduleChanged(semesterId));
    if (seats.enrolledCount > 0)
      actions.push(rejudgeAction(this.dynamo.tables, { semesterId, courseId }, version, this.dynamo.now()));
    return actions;
  }

  private scheduleChanged(semesterId: string): TransactAction {
    return {
      Update: {
        TableName: this.dynamo.tables.name('semesters'),
        Key: { id: semesterId },
        UpdateExpression: 'ADD schedule_version :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    };
  }
}

/** The condition that an offering is still as read: a batch may see the seats after a change and the offering before it. */
function asRead(offering: Offering | undefined) {
  return {
    ConditionExpression: offering ? '#version = :version' : 'attribute_not_exists(#version)',
    ExpressionAttributeNames: { '#version': 'version' },
    ...(offering && { ExpressionAttributeValues: { ':version': offering.version } }),
  };
}

function answerOf(seats: Seats): CourseSeats {
  return {
    courseId: seats.courseId,
    ...countsOf(seats),
    sequence: seats.sequence,
    version: seats.courseVersion,
  };
}

function belowEnrolled({ enrolledCount }: RefusedChange): Problem {
  const detail = `${enrolledCount} students are enrolled: the capacity cannot be less. Withdraw students first.`;
  return new Problem(409, 'capacity_below_enrolled', detail, { members: { enrolledCount } });
}
