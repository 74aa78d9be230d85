import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { Dynamo } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { mayRead } from '../access.rules.ts';
import type { EnrollmentRecord, Offering } from '../enrollment.types.ts';
import { enrollmentOf } from './enrollment.codec.ts';
import type { EnrollmentItem } from './enrollment.codec.ts';
import { OfferingCache } from './offering-cache.ts';
import { seatsOf } from './seats.codec.ts';
import type { SeatsItem } from './seats.codec.ts';

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
    const offering = await this.currentOffering(record.courseId);
    if (!offering) throw notFound();
    return { record, offering };
  }

  /** The enrollment, if `user` may see it: somebody else's is not there. */
  async findFor(user: Identity, id: string): Promise<FoundEnrollment> {
    const found = await this.find(id);
    if (!mayRead(user, found.record.userId, found.offering.instructorIds)) throw notFound();
    return found;
  }

  /** Who teaches a course may change: its version shows whether memory is current. */
  private async currentOffering(courseId: string): Promise<Offering | undefined> {
    const TableName = this.dynamo.tables.name('course_seats');
    const seats = await this.dynamo.get<SeatsItem>({
      TableName,
      Key: { course_id: courseId },
      ConsistentRead: true,
    });
    return seats && this.offerings.atVersion(courseId, seatsOf(seats).courseVersion);
  }

  private async read(id: string): Promise<EnrollmentRecord | undefined> {
    const TableName = this.dynamo.tables.name('enrollments');
    const item = await this.dynamo.get<EnrollmentItem>({ TableName, Key: { id }, ConsistentRead: true });
    return item && enrollmentOf(item);
  }
}

function notFound(): Problem {
  return new Problem(404, 'enrollment_not_found', 'There is no such enrollment.');
}
