import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { LRUCache } from 'lru-cache';
import type { EnrollmentItem } from './enrollment.codec.ts';

/** Items looked at, at most, to find those that have not ended. */
const maxSeen = 20_000;

/** Cancelled courses whose enrollments this instance is ending. */
const maxPositions = 1_000;

/**
 * Finds whose enrollments in a course are still to be ended, and who has a seat in it. The index lags, so the answer is
 * a hint: each is read before it is written.
 */
@Injectable()
export class CurrentEnrollments {
  /** Where the last read of a class, or of one of its codes, ended: those before it have ended or been handed out. One forgotten begins again. */
  private readonly position = new LRUCache<string, string>({ max: maxPositions });

  constructor(private readonly dynamo: Dynamo) {}

  /**
   * Up to `limit` students who are enrolled in a class or wait, under the code `codeId` where it is given, oldest first;
   * continues where the last call ended, then starts over.
   */
  async studentsIn(classId: string, limit: number, codeId?: string): Promise<string[]> {
    const place = `${classId} ${codeId ?? ''}`;
    const found: EnrollmentItem[] = [];
    const query = {
      TableName: this.dynamo.tables.name('enrollments'),
      IndexName: 'EnrollmentsByCourse',
      KeyConditionExpression: 'course_id = :course AND enrolled_at >= :after',
      FilterExpression: `#status IN (:enrolled, :waitlisted)${codeId === undefined ? '' : ' AND code_course_id = :code'}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':course': classId,
        ':after': this.position.get(place) ?? '0',
        ':enrolled': 'enrolled',
        ':waitlisted': 'waitlisted',
        ...(codeId !== undefined && { ':code': codeId }),
      },
    };
    for await (const item of this.dynamo.queryAll<EnrollmentItem>(query, maxSeen)) {
      found.push(item);
      if (found.length >= limit) break;
    }
    this.remember(place, found, limit);
    return found.map((item) => item.user_id);
  }

  /** Students with a seat in a class. */
  async *seatedIn(classId: string): AsyncGenerator<string> {
    const query = {
      TableName: this.dynamo.tables.name('enrollments'),
      IndexName: 'EnrollmentsByCourse',
      KeyConditionExpression: 'course_id = :course',
      FilterExpression: '#status IN (:enrolled, :completed)',
      ProjectionExpression: 'user_id',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':course': classId, ':enrolled': 'enrolled', ':completed': 'completed' },
    };
    for await (const { user_id } of this.dynamo.queryAll<Pick<EnrollmentItem, 'user_id'>>(query, maxSeen))
      yield user_id;
  }

  private remember(place: string, found: EnrollmentItem[], limit: number): void {
    const last = found.at(-1);
    const moved = last && last.enrolled_at !== this.position.get(place);
    if (found.length === limit && moved) this.position.set(place, last.enrolled_at);
    else this.position.delete(place);
  }
}
