import { Injectable } from '@nestjs/common';
import type { CourseState } from '@registrar/contracts-courses';
import { Dynamo } from '@registrar/dynamodb';
import { courseOf } from './course.codec.ts';
import type { CourseItem } from './course.codec.ts';

/** Reads courses: a department's in a semester by the index, single ones by their keys. */
@Injectable()
export class CoursesRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('courses');
  }

  /** What the index CoursesBySemester shows of a department in a semester; it may lag. */
  async ofDepartment(semesterId: string, departmentId: string): Promise<CourseState[]> {
    const query = {
      TableName: this.table,
      IndexName: 'CoursesBySemester',
      KeyConditionExpression: 'semester_id = :semester AND department_id = :department',
      ExpressionAttributeValues: { ':semester': semesterId, ':department': departmentId },
    };
    const found: CourseState[] = [];
    for await (const item of this.dynamo.queryAll<CourseItem>(query)) found.push(...visible(item));
    return found;
  }

  /** Those of these courses that there are, as they are now; at most 100 in one call, more in several. */
  async byIds(ids: readonly string[]): Promise<CourseState[]> {
    const keys = ids.map((id) => ({ table: this.table, key: { id } }));
    const items = await this.dynamo.batchGet<CourseItem>(keys, { consistent: true });
    return items.flatMap((item) => (item ? visible(item) : []));
  }

  /** One course as it is now. */
  async byId(id: string): Promise<CourseState | undefined> {
    const item = await this.dynamo.get<CourseItem>({
      TableName: this.table,
      Key: { id },
      ConsistentRead: true,
    });
    return item && courseOf(item);
  }
}

function visible(item: CourseItem): CourseState[] {
  const course = courseOf(item);
  return course ? [course] : [];
}
