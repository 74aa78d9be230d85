import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Versions } from '@registrar/cache';
import { Dynamo } from '@registrar/dynamodb';
import { serviceUnavailable } from '@registrar/service';
import type { EnrollmentRecord } from '../enrollment/enrollment.types.ts';
import { listedEnrollment, newestFirst } from '../enrollment/listed-enrollment.ts';
import type { ListedEnrollment } from '../enrollment/listed-enrollment.ts';
import { enrollmentOf } from '../enrollment/store/enrollment.codec.ts';
import type { EnrollmentItem, StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';
import { ownStateOf } from './list-state.rules.ts';

/** Own enrollments as read, and the versions of the student's semesters that they are of. */
interface OwnRead {
  enrollments: ListedEnrollment[];
  versions: Versions;
}

/** Tries at most: one fails only where a commit of this very student falls into it. */
const maxTries = 8;
/** Longest pause before the next try, ms; it is drawn from zero to this. */
const pauseMs = 40;

/**
 * Reads a student's enrollments by EnrollmentsByUser, and makes up for the index's lag: the student's semesters,
 * read consistently, say which enrollments there are and at which version; whatever the index does not show at
 * that version yet is read from its table. Where anything is newer than its semester, or still older, a commit came
 * between, and all is read again.
 *
 * Guarantee: shows every write that was acknowledged before the call, and each semester as it was at one moment.
 * Failure: throws StoreUnavailable, 503 where commits come between each time.
 */
@Injectable()
export class MyEnrollmentsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  async read(userId: string): Promise<OwnRead> {
    for (let attempt = 1; attempt <= maxTries; attempt += 1) {
      const read = await this.readOnce(userId);
      if (read) return read;
      await delay(Math.random() * pauseMs);
    }
    throw serviceUnavailable('Your enrollments are changing at this moment. Try again.');
  }

  /** Undefined where a commit came between the parts. */
  private async readOnce(userId: string): Promise<OwnRead | undefined> {
    const [semesters, indexed] = await Promise.all([this.semesters(userId), this.indexed(userId)]);
    const shown = new Map(indexed.map((item) => [item.id, item]));
    for (const item of await this.byIds(ownStateOf(semesters, shown).behind)) shown.set(item.id, item);
    const { behind, isNewer } = ownStateOf(semesters, shown);
    if (isNewer || behind.length > 0) return undefined;
    const enrollments = [...shown.values()]
      .map((item) => listedEnrollment(enrollmentOf(item)))
      .sort(newestFirst);
    return {
      enrollments,
      versions: Object.fromEntries(semesters.map((item) => [item.semester_id, item.version])),
    };
  }

  /** The version of a student's semester now; 0 where there is nothing. */
  async versionOf(userId: string, semesterId: string): Promise<number> {
    const key = { user_id: userId, semester_id: semesterId };
    const item = await this.dynamo.get<StudentSemesterItem>('student_semesters', key);
    return item?.version ?? 0;
  }

  private async semesters(userId: string): Promise<StudentSemesterItem[]> {
    const query = {
      TableName: this.dynamo.tables.name('student_semesters'),
      // The list of completed courses, which begins with '#', sorts before every semester.
      KeyConditionExpression: 'user_id = :user AND semester_id > :lists',
      ExpressionAttributeValues: { ':user': userId, ':lists': '$' },
      ConsistentRead: true,
    };
    return Array.fromAsync(this.dynamo.queryAll<StudentSemesterItem>(query));
  }

  /** What the index shows, whole: a change of this moment may be missing. */
  async records(userId: string): Promise<EnrollmentRecord[]> {
    return (await this.indexed(userId)).map(enrollmentOf);
  }

  private async indexed(userId: string): Promise<EnrollmentItem[]> {
    const query = {
      TableName: this.dynamo.tables.name('enrollments'),
      IndexName: 'EnrollmentsByUser',
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
    };
    return Array.fromAsync(this.dynamo.queryAll<EnrollmentItem>(query));
  }

  private byIds(ids: string[]): Promise<EnrollmentItem[]> {
    return this.dynamo.getAll(
      'enrollments',
      ids.map((id) => ({ id })),
    );
  }
}
