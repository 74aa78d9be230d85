import { Injectable } from '@nestjs/common';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import type { Seats } from '../enrollment/enrollment.types.ts';
import { courseSeatsOf } from '../enrollment/seats.rules.ts';
import { seatsOf } from '../enrollment/store/seats.codec.ts';
import type { SeatsItem } from '../enrollment/store/seats.codec.ts';
import type { SeatState } from './seat-state.rules.ts';

/** Reads the seats of courses, consistently. Failure: throws StoreUnavailable. */
@Injectable()
export class SeatsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /** The seats of those of `courseIds` that there are. */
  async read(courseIds: readonly string[]): Promise<CourseSeats[]> {
    return (await this.items(courseIds)).map(courseSeatsOf);
  }

  /** The same as memory keeps them, drafts included. */
  async states(courseIds: readonly string[]): Promise<SeatState[]> {
    return (await this.items(courseIds)).map(
      ({ courseId, status, capacity, reservations, courseVersion, ...counts }) => ({
        courseId,
        status,
        capacity,
        reservations,
        courseVersion,
        enrolledCount: counts.enrolledCount,
        waitlistedCount: counts.waitlistedCount,
        reserved: counts.reserved,
        sequence: counts.sequence,
      }),
    );
  }

  /** The seats of one course as they are stored; undefined where there is no such course. */
  async one(courseId: string): Promise<Seats | undefined> {
    return (await this.items([courseId]))[0];
  }

  private async items(courseIds: readonly string[]): Promise<Seats[]> {
    const keys = courseIds.map((id) => ({ course_id: id }));
    return (await this.dynamo.getAll<SeatsItem>('course_seats', keys)).map(seatsOf);
  }
}
