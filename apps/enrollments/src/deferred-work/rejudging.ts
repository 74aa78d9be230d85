import { Injectable } from '@nestjs/common';
import { Dynamo, atVersion, conditionHeld, retryOnConflict, shards } from '@registrar/dynamodb';
import { clockNow, clockShiftMs } from '@registrar/service';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { promotionState } from '../enrollment/enrollment-window.rules.ts';
import { judgedFromTheHead } from '../enrollment/seats.rules.ts';
import { CurrentEnrollments } from '../enrollment/store/current-enrollments.ts';
import type { StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';
import { hotCoursePolicy } from '../enrollment/store/hot-course.policy.ts';
import { semesterOf } from '../enrollment/store/offering.codec.ts';
import type { SemesterItem } from '../enrollment/store/offering.codec.ts';
import { parkedShardsOf, pendingMark } from '../enrollment/store/pending.rules.ts';
import { nextLook } from '../enrollment/store/rejudge.codec.ts';
import type { RejudgeItem } from '../enrollment/store/rejudge.codec.ts';
import { isCodeItem, seatsItem, seatsOf } from '../enrollment/store/seats.codec.ts';
import type { CodeItem, SeatsItem } from '../enrollment/store/seats.codec.ts';

/** Lease of an instance on a note, ms; a pass that takes longer may be done twice, which does no harm. */
const leaseMs = 30_000;
/** Students looked up in one read. */
const perRead = 100;

/**
 * Has waiting students judged again after a registrar's change that may have made room for them: other times of a
 * course that they are in, a higher credit limit, another window; and when enrollment opens for more students.
 *
 * Whole waitlists are judged again from their head, so that a seat goes to the first who can take it now. Each
 * restart raises the version of the seats: a commit that was decided on the rules of before fails its condition.
 * Guarantee: the note goes only after the second pass, so any instance can continue after a crash.
 * Failure: throws; the note stays, and is due again when its lease ends.
 */
@Injectable()
export class Rejudging {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly current: CurrentEnrollments,
    private readonly events: DeferredWorkEvents,
  ) {}

  /** Does one pass for a note, unless another instance does. */
  async rejudgeNote(key: string, semesterId: string): Promise<void> {
    const Key = { user_id: key, semester_id: semesterId };
    const note = await this.dynamo.get<RejudgeItem>('student_semesters', Key);
    const now = this.dynamo.now() + clockShiftMs();
    if (!note || note.pending_at > now) return;
    const leased = { ...note, pending_at: now + leaseMs };
    if (!(await this.postpone(note, leased.pending_at))) return;
    for (const courseId of await this.waitingCourses(note)) await this.restart(courseId, note.semester_id);
    const next = nextLook(note, now);
    if (next) await this.postpone(leased, next.at, next.last);
    else await this.remove(leased);
  }

  private get seats(): string {
    return this.dynamo.tables.name('course_seats');
  }

  private get students(): string {
    return this.dynamo.tables.name('student_semesters');
  }

  /** Courses that somebody may be waiting for whom the change concerns. */
  private async waitingCourses({ semester_id, changed_course_id }: RejudgeItem): Promise<Set<string>> {
    if (changed_course_id === undefined) return this.waitingIn(semester_id);
    const found = new Set<string>();
    let students: string[] = [];
    const lookUp = async () => {
      for (const courseId of await this.waitedForBy(students, semester_id)) found.add(courseId);
      students = [];
    };
    for await (const userId of this.current.seatedIn(changed_course_id)) {
      if (students.push(userId) === perRead) await lookUp();
    }
    await lookUp();
    return found;
  }

  /** All courses of a semester with waiting students, and some of other semesters. */
  private async waitingIn(semesterId: string): Promise<Set<string>> {
    const found = new Set<string>();
    for (const shard of [...parkedShardsOf(semesterId), ...shards]) {
      const query = {
        TableName: this.seats,
        IndexName: 'PendingWork',
        KeyConditionExpression: 'pending_shard = :shard',
        ExpressionAttributeValues: { ':shard': shard },
      };
      for await (const { course_id } of this.dynamo.queryAll<{ course_id: string }>(query))
        found.add(course_id);
    }
    return found;
  }

  private async waitedForBy(userIds: readonly string[], semesterId: string): Promise<string[]> {
    const keys = userIds.map((userId) => ({ user_id: userId, semester_id: semesterId }));
    const items = await this.dynamo.getAll<StudentSemesterItem>('student_semesters', keys);
    return items
      .flatMap(({ entries }) => entries)
      .filter(({ status }) => status === 'waitlisted')
      .map(({ courseId }) => courseId);
  }

  /** Has the waitlist of a course's class judged from its head: at once, or as soon as its course and window are open. */
  private restart(courseId: string, semesterId: string): Promise<void> {
    return retryOnConflict(async (): Promise<void> => {
      const [seatsRead, semesterRead] = await this.dynamo.batchGet<object>([
        { table: this.seats, key: { course_id: courseId } },
        { table: this.dynamo.tables.name('semesters'), key: { id: semesterId } },
      ]);
      if (!seatsRead || !semesterRead) return;
      const item = seatsRead as SeatsItem | CodeItem;
      if (isCodeItem(item)) return this.restart(item.class_id, semesterId);
      const before = seatsOf(item);
      if (before.semesterId !== semesterId || before.waitlistedCount === 0) return;
      const seats = judgedFromTheHead(before);
      const semester = semesterOf(semesterRead as SemesterItem);
      const state = promotionState({ seats, semester, now: new Date(clockNow()).toISOString() });
      const Put = {
        TableName: this.seats,
        Item: seatsItem(seats, pendingMark(seats, state, clockNow())),
        ...atVersion(before.version),
      };
      await this.dynamo.transact([{ Put }], { conflicts: 'throw' });
      if (state === 'allowed' && seats.promotion) this.events.emit('courseWorkDue', courseId, true);
    }, hotCoursePolicy);
  }

  /** When a note is due next; false where it is no longer as it was read. */
  private postpone(note: RejudgeItem, until: number, last = note.last_look_at): Promise<boolean> {
    const postponing = this.dynamo.update({
      TableName: this.students,
      Key: keyOf(note),
      UpdateExpression: 'SET pending_at = :until, last_look_at = :last',
      ...unchanged(note, { ':until': until, ':last': last }),
    });
    return conditionHeld(postponing);
  }

  /** A note that was replaced in between stays. */
  private remove(note: RejudgeItem): Promise<boolean> {
    const removal = { TableName: this.students, Key: keyOf(note), ...unchanged(note, {}) };
    return conditionHeld(this.dynamo.delete(removal));
  }
}

function keyOf({ user_id, semester_id }: RejudgeItem) {
  return { user_id, semester_id };
}

function unchanged({ version, pending_at }: RejudgeItem, values: Record<string, number>) {
  return {
    ConditionExpression: '#version = :version AND pending_at = :at',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version, ':at': pending_at, ...values },
  };
}
