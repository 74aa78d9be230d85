import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { Dynamo } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { mayRead } from '../access.rules.ts';
import type { EnrollmentRecord, Offering } from '../enrollment.types.ts';
import { enrollmentOf } from './enrollment.codec.ts';
import type { EnrollmentItem } from './enrollment.codec.ts';
import { OfferingCache } from './offering-cache.ts';

/** An enrollment with its course, as it is now. */
interface FoundEnrollment {
  record: EnrollmentRecord;
  offering: Offering;
}

/** Finds single enrollments, read consistently. Failure: throws Problem 404 `enrollment_not_found` or StoreUnavailable. */
@Injectable()
export class EnrollmentReader {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly offerings: OfferingCache,
  ) {}

  /** The enrollment of any student. */
  async find(id: string): Promise<FoundEnrollment> {
    const record = await this.read(id);
    if (!record) throw notFound();
    const course = await this.offerings.courseNow(record.courseId);
    if (!course) throw notFound();
    return { record, offering: course.offering };
  }

  /** The enrollment, if `user` may see it: somebody else's is not there. */
  async findFor(user: Identity, id: string): Promise<FoundEnrollment> {
    const found = await this.find(id);
    if (!mayRead(user, found.record.userId, found.offering.instructorIds)) throw notFound();
    return found;
  }

  /** Those of these enrollments that there are, by id. */
  async records(ids: readonly string[]): Promise<Map<string, EnrollmentRecord>> {
    const keys = [...new Set(ids)].map((id) => ({ id }));
    const items = await this.dynamo.getAll<EnrollmentItem>('enrollments', keys);
    return new Map(items.map((item) => [item.id, enrollmentOf(item)]));
  }

  /** Students of those of these enrollments that are in a class, and the courses under whose codes they are, by enrollment id. */
  async studentsOf(
    ids: readonly string[],
    classId: string,
  ): Promise<Map<string, Pick<EnrollmentRecord, 'userId' | 'courseId'>>> {
    const keys = [...new Set(ids)].map((id) => ({ id }));
    const items = await this.dynamo.getAll<EnrollmentItem>('enrollments', keys);
    const records = items.map(enrollmentOf).filter((record) => record.classId === classId);
    return new Map(records.map(({ id, userId, courseId }) => [id, { userId, courseId }]));
  }

  private async read(id: string): Promise<EnrollmentRecord | undefined> {
    const item = await this.dynamo.get<EnrollmentItem>('enrollments', { id });
    return item && enrollmentOf(item);
  }
}

function notFound(): Problem {
  return new Problem(404, 'enrollment_not_found', 'There is no such enrollment.');
}
