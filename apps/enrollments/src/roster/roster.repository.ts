import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { listedEnrollment, oldestFirst } from '../enrollment/listed-enrollment.ts';
import type { ListedEnrollment } from '../enrollment/listed-enrollment.ts';
import { enrollmentOf } from '../enrollment/store/enrollment.codec.ts';
import type { EnrollmentItem } from '../enrollment/store/enrollment.codec.ts';
import type { RosterPart } from './roster-merge.rules.ts';

/** Ten times the largest course: who dropped stays on the roster. */
const maxRows = 100_000;
/** Rows of one read of the index, beside what a page needs. */
const extraRows = 40;

/**
 * Reads rosters by EnrollmentsByCourse.
 *
 * The index follows the table by itself, usually within a second: what it gives may be behind, see
 * `RecentChanges`. Failure: throws StoreUnavailable.
 */
@Injectable()
export class RosterRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /**
   * The rows of a part of a class's roster, in order, as the index has them.
   *
   * @param wanted how many the caller expects to take: it may stop earlier or continue
   */
  async *rows(
    classId: string,
    { status, after }: RosterPart,
    wanted: number,
  ): AsyncGenerator<ListedEnrollment> {
    const query = {
      TableName: this.dynamo.tables.name('enrollments'),
      IndexName: 'EnrollmentsByCourse',
      KeyConditionExpression: 'course_id = :course AND enrolled_at >= :after',
      ProjectionExpression: projection,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':course': classId,
        ':after': after?.enrolledAt ?? '0',
        ...(status !== undefined && { ':status': status }),
      },
      ...(status !== undefined && { FilterExpression: '#status = :status' }),
      Limit: wanted + extraRows,
    };
    let sameMoment: ListedEnrollment[] = [];
    for await (const item of this.dynamo.queryAll<EnrollmentItem>(query, maxRows)) {
      const row = listedEnrollment(enrollmentOf(item));
      if (after && oldestFirst(row, after) <= 0) continue;
      if (sameMoment[0] && sameMoment[0].enrolledAt !== row.enrolledAt) {
        yield* sameMoment.sort(oldestFirst);
        sameMoment = [];
      }
      // A commit gives many the same moment; the index does not order those.
      sameMoment.push(row);
    }
    yield* sameMoment.sort(oldestFirst);
  }

  /** Single rows as they are now, by id. */
  async current(ids: readonly string[]): Promise<Map<string, ListedEnrollment>> {
    const keys = ids.map((id) => ({ id }));
    const items = await this.dynamo.getAll<EnrollmentItem>('enrollments', keys);
    return new Map(items.map((item) => [item.id, listedEnrollment(enrollmentOf(item))]));
  }
}

/** All but the history, which may be long. */
const projection =
  'id, user_id, course_id, code_course_id, semester_id, course_code, course_title, credits, #status, ticket, ' +
  'grade, reservation, drop_on_promotion, enrolled_at, updated_at, #version';
const names = { '#status': 'status', '#version': 'version' };
