import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { EnrollmentRecord, WaitlistPlace } from '../enrollment/enrollment.types.ts';
import { enrollmentOf, placeOf } from '../enrollment/store/enrollment.codec.ts';
import type { EnrollmentItem, WaitlistItem } from '../enrollment/store/enrollment.codec.ts';
import { codeOf } from '../registration/planning/promotion.ts';
import { enrollmentId } from '../registration/planning/transition.ts';

/** A place with the enrollment that waits at it. */
export interface WaitingStudent {
  place: WaitlistPlace;
  record: EnrollmentRecord;
}

/** Reads waitlists, consistently. Failure: throws StoreUnavailable. */
@Injectable()
export class WaitingStudentsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /** Up to `limit` places beyond the ticket `after`, in order. */
  async places(courseId: string, after: number, limit: number): Promise<WaitlistPlace[]> {
    const { items } = await this.dynamo.query<WaitlistItem>({
      TableName: this.dynamo.tables.name('waitlist'),
      KeyConditionExpression: 'course_id = :course AND ticket > :after',
      ExpressionAttributeValues: { ':course': courseId, ':after': after },
      ConsistentRead: true,
      Limit: limit,
    });
    return items.map(placeOf);
  }

  /** Who waits at these places; without those who were promoted, or gave up, since the places were read. */
  async studentsAt(places: readonly WaitlistPlace[]): Promise<WaitingStudent[]> {
    const keys = places.map((place) => ({ id: enrollmentId(codeOf(place), place.userId) }));
    const items = await this.dynamo.getAll<EnrollmentItem>('enrollments', keys);
    const records = new Map(items.map((item) => [item.id, enrollmentOf(item)]));
    return places.flatMap((place) => {
      const record = records.get(enrollmentId(codeOf(place), place.userId));
      return record?.ticket === place.ticket ? [{ place, record }] : [];
    });
  }
}
