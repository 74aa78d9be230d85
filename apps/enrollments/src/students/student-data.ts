import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import type { StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';
import type { StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import { erasureOfWait } from '../registration/planning/change-set.ts';

/**
 * A student's record, waiting places and stored answers. Enrollments and completions stay, under the opaque id: they are
 * the university's record of its courses.
 */
@Injectable()
export class StudentData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly dynamo: Dynamo,
    private readonly records: StudentRecords,
    private readonly committer: CourseCommitter,
    private readonly idempotent: IdempotentRequests,
  ) {
    super(registry, 'student');
  }

  override async erase(userId: string): Promise<void> {
    await this.dropWaits(userId);
    await this.records.change(userId, (before) => ({ record: withoutPerson(before) }), { rejudges: false });
    await this.idempotent.eraseAbout(userId);
  }

  override async exported(userId: string) {
    const { completions, ...record } = await this.records.read(userId);
    return { 'student-record': [record], completions };
  }

  /** As ordinary drops, so that the places behind move up. */
  private async dropWaits(userId: string): Promise<void> {
    for (const { entries } of await this.semesters(userId)) {
      const waiting = entries.filter(({ status }) => status === 'waitlisted');
      for (const { courseId } of waiting) {
        const { answer } = await this.committer.submit(erasureOfWait(userId, courseId));
        if ('refusal' in answer)
          throw new Error(`A waiting place cannot be dropped: ${answer.refusal.code}.`);
      }
    }
  }

  private semesters(userId: string): Promise<StudentSemesterItem[]> {
    const query = {
      TableName: this.dynamo.tables.name('student_semesters'),
      // The list of completed courses, which begins with '#', sorts before every semester.
      KeyConditionExpression: 'user_id = :user AND semester_id > :lists',
      ExpressionAttributeValues: { ':user': userId, ':lists': '$' },
      ConsistentRead: true,
    };
    return Array.fromAsync(this.dynamo.queryAll<StudentSemesterItem>(query));
  }
}

/** The record without what describes the person; undefined where nothing does. */
function withoutPerson(before: StudentRecord): StudentRecord | undefined {
  const nothing = { programs: [], level: null, groups: [], creditLimit: null, holds: [], permits: [] };
  const after = { ...before, ...nothing };
  return isDeepStrictEqual(after, before) ? undefined : { ...after, version: before.version + 1 };
}
