import { Injectable } from '@nestjs/common';
import type { CourseState } from '@registrar/contracts-courses';
import { Dynamo } from '@registrar/dynamodb';
import { courseOf } from './course.codec.ts';
import type { CourseItem } from './course.codec.ts';

/** Reads courses: a department's in a semester by the index, single ones by their keys. */
@Injectable()
export class CoursesRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /** What the index CoursesBySemester shows of a department in a semester; it may lag. */
  async ofDepartment(semesterId: string, departmentId: string): Promise<CourseState[]> {
    const query = {
      TableName: this.dynamo.tables.name('courses'),
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
    const keys = ids.map((id) => ({ id }));
    return (await this.dynamo.getAll<CourseItem>('courses', keys)).flatMap(visible);
  }

  /** One course as it is now. */
  async byId(id: string): Promise<CourseState | undefined> {
    const item = await this.dynamo.get<CourseItem>('courses', { id });
    return item && courseOf(item);
  }
}

function visible(item: CourseItem): CourseState[] {
  const course = courseOf(item);
  return course ? [course] : [];
}
