import { Injectable } from '@nestjs/common';
import type { CourseSeats, OfferingUpdate } from '@registrar/contracts-enrollments';
import { Dynamo, atVersion, conditionHeld, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import pMap from 'p-map';
import { Problem, clockNow, clockShiftMs } from '@registrar/service';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { promotionState } from '../enrollment/enrollment-window.rules.ts';
import type { Offering, RefusedChange, Seats } from '../enrollment/enrollment.types.ts';
import { courseSeatsUnder, hasCancellation } from '../enrollment/class-codes.rules.ts';
import { hotCoursePolicy } from '../enrollment/store/hot-course.policy.ts';
import { offeringItem, offeringOf, semesterOf } from '../enrollment/store/offering.codec.ts';
import type { OfferingItem, SemesterItem } from '../enrollment/store/offering.codec.ts';
import { pendingMark } from '../enrollment/store/pending.rules.ts';
import { rejudgeAction } from '../enrollment/store/rejudge.codec.ts';
import { isCodeItem, seatsItem, seatsOf } from '../enrollment/store/seats.codec.ts';
import type { CodeItem, SeatsItem } from '../enrollment/store/seats.codec.ts';
import {
  isOtherwiseJudged,
  linkedIds,
  offeringAfter,
  refusalOf,
  seatsAfterCodeUpdate,
  seatsAfterUpdate,
  seatsOfNew,
  seatsOfUnknown,
} from './offering.rules.ts';

/** Linked sections that are written at a time. */
const namedAtOnce = 8;

/** What a change of a course is decided on. */
interface CourseBefore {
  /** Of its class. */
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
 * it that arrives later, on any instance, changes nothing. What is cross-listed has its part in the seats of its class.
 * Failure: 503; the courses service asks again.
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
      const before = await this.read(courseId, update);
      const { seats } = before;
      const known = seats && partOf(seats, courseId);
      if (seats && known && known.version >= update.version) return courseSeatsUnder(seats, courseId);
      const refusal = known && !isFact ? refusalOf(known, update) : null;
      if (!seats || !refusal) return courseSeatsUnder(await this.write(courseId, update, before), courseId);
      await this.keepRefusal(seats, courseId, refusal);
      throw belowEnrolled(refusal);
    }, hotCoursePolicy);
  }

  /**
   * Writes down that a change is refused, before its sender is answered. As each write of the seats raises their
   * version, no other copy of the change, and no commit, passes this one unseen.
   */
  private async keepRefusal(seats: Seats, courseId: string, refusal: RefusedChange): Promise<void> {
    if (partOf(seats, courseId)?.refused === refusal) return;
    const isOfClass = courseId === seats.courseId;
    const Update = {
      TableName: this.dynamo.tables.name('course_seats'),
      Key: { course_id: seats.courseId },
      UpdateExpression: `SET ${isOfClass ? 'refused' : 'codes.#code.refused'} = :refused, #version = :next`,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version', ...(!isOfClass && { '#code': courseId }) },
      ExpressionAttributeValues: {
        ':refused': refusal,
        ':version': seats.version,
        ':next': seats.version + 1,
      },
    };
    await this.dynamo.transact([{ Update }], { conflicts: 'throw' });
  }

  private async read(courseId: string, update: OfferingUpdate): Promise<CourseBefore> {
    const { name } = this.dynamo.tables;
    const [seats, offering, semester] = await this.dynamo.batchGet<object>([
      { table: name('course_seats'), key: { course_id: classOf(courseId, update) } },
      { table: name('offerings'), key: { course_id: courseId } },
      { table: name('semesters'), key: { id: update.semesterId } },
    ]);
    return {
      seats: seats && seatsOf(seats as SeatsItem),
      offering: offering && offeringOf(offering as OfferingItem),
      semester: semester as SemesterItem | undefined,
    };
  }

  private async write(courseId: string, update: OfferingUpdate, before: CourseBefore): Promise<Seats> {
    const seats = seatsAfter(courseId, update, before.seats);
    const now = new Date(clockNow()).toISOString();
    const state = before.semester
      ? promotionState({ seats, semester: semesterOf(before.semester), now })
      : 'later';
    const actions = this.actions(courseId, update, before, { seats, state });
    await this.nameLinked(courseId, update);
    await this.dynamo.transact(actions, { conflicts: 'throw' });
    if (hasCancellation(seats) || (seats.promotion && state === 'allowed'))
      this.deferred.emit('courseWorkDue', seats.courseId, true);
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
    if (offering.classId !== courseId && !before.seats?.codes[courseId])
      actions.push({ Put: { TableName: name('course_seats'), Item: { ...codeItemOf(offering) } } });
    if (!before.semester || !isOtherwiseJudged(before.offering, offering)) return actions;
    const { semesterId, version } = update;
    actions.push(this.scheduleChanged(semesterId));
    if (seats.enrolledCount > 0)
      actions.push(
        rejudgeAction(
          this.dynamo.tables,
          { semesterId, courseId: offering.classId },
          version,
          this.dynamo.now() + clockShiftMs(),
        ),
      );
    return actions;
  }

  /**
   * Has each linked section know that this course names it, before it does. A section that it names no more keeps the hint:
   * who reads it looks at the offering. The seats of a class have the hints of all its codes.
   */
  private async nameLinked(courseId: string, { linked = [] }: OfferingUpdate): Promise<void> {
    if (linked.length === 0) return;
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
    const keys = linkedIds({ linked }).map((id) => ({ course_id: id }));
    const items = await this.dynamo.getAll<SeatsItem | CodeItem>('course_seats', keys);
    const classes = new Set(items.map((item) => (isCodeItem(item) ? item.class_id : item.course_id)));
    await pMap(classes, name, { concurrency: namedAtOnce });
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

const classOf = (courseId: string, { crossListedOf }: OfferingUpdate) => crossListedOf ?? courseId;

/** What a course has of the seats of its class; undefined where it is another code that these do not know yet. */
function partOf(seats: Seats, courseId: string) {
  return courseId === seats.courseId ? { ...seats, version: seats.courseVersion } : seats.codes[courseId];
}

function seatsAfter(courseId: string, update: OfferingUpdate, before: Seats | undefined): Seats {
  const classId = classOf(courseId, update);
  if (classId !== courseId)
    return seatsAfterCodeUpdate(before ?? seatsOfUnknown(classId, update), courseId, update);
  return before ? seatsAfterUpdate(before, update) : seatsOfNew(courseId, update);
}

function codeItemOf({ courseId, classId, semesterId }: Offering): CodeItem {
  return { course_id: courseId, class_id: classId, semester_id: semesterId };
}

function belowEnrolled({ enrolledCount }: RefusedChange): Problem {
  const detail = `${enrolledCount} students are enrolled: the capacity cannot be less. Withdraw students first.`;
  return new Problem(409, 'capacity_below_enrolled', detail, {
    params: { enrolledCount },
    members: { enrolledCount },
  });
}
