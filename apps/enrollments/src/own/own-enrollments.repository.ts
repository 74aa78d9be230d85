import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { Versions } from '@registrar/cache';
import { enrollmentOf } from '../registration/store/enrollment.codec.ts';
import type { EnrollmentItem, StudentSemesterItem } from '../registration/store/enrollment.codec.ts';
import { newestFirst, ownEnrollment } from './own-body.ts';
import type { OwnEnrollment } from './own-body.ts';

/** Own enrollments as read, and the versions of the student's semesters that they are of. */
export interface OwnRead {
  enrollments: OwnEnrollment[];
  versions: Versions;
}

/**
 * Reads a student's enrollments by EnrollmentsByUser, and makes up for the index's lag: the student's semesters,
 * read consistently, say which enrollments there are and at which version; whatever the index does not show at
 * that version yet is read from its table.
 *
 * Guarantee: shows every write that was acknowledged before the call. Failure: throws StoreUnavailable.
 */
@Injectable()
export class OwnEnrollmentsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  async read(userId: string): Promise<OwnRead> {
    const [semesters, indexed] = await Promise.all([this.semesters(userId), this.indexed(userId)]);
    const shown = new Map(indexed.map((item) => [item.id, item]));
    const entries = semesters.flatMap((semester) => semester.entries ?? []);
    const behind = entries.filter(
      ({ enrollmentId, version }) => (shown.get(enrollmentId)?.version ?? 0) < version,
    );
    for (const item of await this.byIds(behind.map(({ enrollmentId }) => enrollmentId)))
      shown.set(item.id, item);
    const enrollments = [...shown.values()]
      .map((item) => ownEnrollment(enrollmentOf(item)))
      .sort(newestFirst);
    return {
      enrollments,
      versions: Object.fromEntries(semesters.map((item) => [item.semester_id, item.version])),
    };
  }

  /** The version of a student's semester now; 0 where there is nothing. */
  async versionOf(userId: string, semesterId: string): Promise<number> {
    const TableName = this.dynamo.tables.name('student_semesters');
    const key = { user_id: userId, semester_id: semesterId };
    const item = await this.dynamo.get<StudentSemesterItem>({ TableName, Key: key, ConsistentRead: true });
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

  private async indexed(userId: string): Promise<EnrollmentItem[]> {
    const query = {
      TableName: this.dynamo.tables.name('enrollments'),
      IndexName: 'EnrollmentsByUser',
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
    };
    return Array.fromAsync(this.dynamo.queryAll<EnrollmentItem>(query));
  }

  private async byIds(ids: string[]): Promise<EnrollmentItem[]> {
    const table = this.dynamo.tables.name('enrollments');
    const items = await this.dynamo.batchGet<EnrollmentItem>(
      ids.map((id) => ({ table, key: { id } })),
      { consistent: true },
    );
    return items.flatMap((item) => item ?? []);
  }
}
