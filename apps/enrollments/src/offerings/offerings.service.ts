import { Injectable } from '@nestjs/common';
import type { CourseSeats, OfferingUpdate } from '@registrar/contracts-enrollments';
import { Dynamo, atVersion, conditionHeld, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import pMap from 'p-map';
import { Problem, clockNow, clockShiftMs } from '@registrar/service';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { promotionState } from '../enrollment/enrollment-window.rules.ts';
import type { Offering, RefusedChange, Seats } from '../enrollment/enrollment.types.ts';
import { courseSeatsOf } from '../enrollment/seats.rules.ts';
import { hotCoursePolicy } from '../enrollment/store/hot-course.policy.ts';
import { offeringItem, offeringOf, semesterOf } from '../enrollment/store/offering.codec.ts';
import type { OfferingItem, SemesterItem } from '../enrollment/store/offering.codec.ts';
import { pendingMark } from '../enrollment/store/pending.rules.ts';
import { rejudgeAction } from '../enrollment/store/rejudge.codec.ts';
import { seatsItem, seatsOf } from '../enrollment/store/seats.codec.ts';
import type { SeatsItem } from '../enrollment/store/seats.codec.ts';
import {
  isOtherwiseJudged,
  linkedIds,
  offeringAfter,
  refusalOf,
  seatsAfterUpdate,
  seatsOfNew,
} from './offering.rules.ts';

/** Linked sections that are written at a time. */
const namedAtOnce = 8;

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
  putCourse(courseId: string, update: OfferingUpdate, { isFact = false } = {}): Promise<CourseSeats> {
    return retryOnConflict(async () => {
      const before = await this.read(courseId, update.semesterId);
      const { seats } = before;
      if (seats && seats.courseVersion >= update.version) return courseSeatsOf(seats);
      const refusal = seats && !isFact ? refusalOf(seats, update) : null;
      if (!seats || !refusal) return courseSeatsOf(await this.write(courseId, update, before));
      await this.keepRefusal(seats, refusal);
      throw belowEnrolled(refusal);
    }, hotCoursePolicy);
  }

  /**
   * Writes down that a change is refused, before its sender is answered. As each write of the seats raises their
   * version, no other copy of the change, and no commit, passes this one unseen.
   */
  private async keepRefusal(seats: Seats, refusal: RefusedChange): Promise<void> {
    if (seats.refused === refusal) return;
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
    await this.dynamo.transact([{ Update }], { conflicts: 'throw' });
  }

  private async read(courseId: string, semesterId: string): Promise<CourseBefore> {
    const { name } = this.dynamo.tables;
    const [seats, offering, semester] = await this.dynamo.batchGet<object>([
      { table: name('course_seats'), key: { course_id: courseId } },
      { table: name('offerings'), key: { course_id: courseId } },
      { table: name('semesters'), key: { id: semesterId } },
    ]);
    return {
      seats: seats && seatsOf(seats as SeatsItem),
      offering: offering && offeringOf(offering as OfferingItem),
      semester: semester as SemesterItem | undefined,
    };
  }

  private async write(courseId: string, update: OfferingUpdate, before: CourseBefore): Promise<Seats> {
    const seats = before.seats ? seatsAfterUpdate(before.seats, update) : seatsOfNew(courseId, update);
    const now = new Date(clockNow()).toISOString();
    const state = before.semester
      ? promotionState({ seats, semester: semesterOf(before.semester), now })
      : 'later';
    const actions = this.actions(courseId, update, before, { seats, state });
    await this.nameLinked(courseId, update);
    await this.dynamo.transact(actions, { conflicts: 'throw' });
    if (seats.cancellation || (seats.promotion && state === 'allowed'))
      this.deferred.emit('courseWorkDue', courseId, true);
    return seats;
  }

  private actions(
    courseId: string,
    update: OfferingUpdate,
    before: CourseBefore,
    { seats, state }: { seats: Seats; state: ReturnType<typeof promotionState> },
  ): TransactAction[] {
    const { name } = this.dynamo.tables;
    const offering = offeringAfter(courseId, update);
    const seatsPut = {
      TableName: name('course_seats'),
      Item: seatsItem(seats, pendingMark(seats, state, clockNow())),
      ...atVersion(before.seats?.version),
    };
    const offeringPut = {
      TableName: name('offerings'),
      Item: offeringItem(offering),
      // A batch may see the seats after a change and the offering before it.
      ...atVersion(before.offering?.version),
    };
    const actions: TransactAction[] = [{ Put: seatsPut }, { Put: offeringPut }];
    if (!before.semester || !isOtherwiseJudged(before.offering, offering)) return actions;
    const { semesterId, version } = update;
    actions.push(this.scheduleChanged(semesterId));
    if (seats.enrolledCount > 0)
      actions.push(
        rejudgeAction(
          this.dynamo.tables,
          { semesterId, courseId },
          version,
          this.dynamo.now() + clockShiftMs(),
        ),
      );
    return actions;
  }

  /**
   * Has each linked section know that this course names it, before it does. A section that it names no more keeps the hint:
   * who reads it looks at the offering.
   */
  private async nameLinked(courseId: string, { linked = [] }: OfferingUpdate): Promise<void> {
    const name = (id: string) => {
      const naming = this.dynamo.update({
        TableName: this.dynamo.tables.name('course_seats'),
        Key: { course_id: id },
        UpdateExpression: 'ADD linked_from :course, #version :one',
        ConditionExpression: 'attribute_exists(course_id) AND NOT contains(linked_from, :id)',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':course': new Set([courseId]), ':id': courseId, ':one': 1 },
      });
      return conditionHeld(naming);
    };
    await pMap(linkedIds({ linked }), name, { concurrency: namedAtOnce });
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

function belowEnrolled({ enrolledCount }: RefusedChange): Problem {
  const detail = `${enrolledCount} students are enrolled: the capacity cannot be less. Withdraw students first.`;
  return new Problem(409, 'capacity_below_enrolled', detail, {
    params: { enrolledCount },
    members: { enrolledCount },
  });
}
