import { Injectable } from '@nestjs/common';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import type { Seats } from '../enrollment/enrollment.types.ts';
import { courseSeatsUnder, seatsUnder } from '../enrollment/class-codes.rules.ts';
import { isCodeItem, seatsOf } from '../enrollment/store/seats.codec.ts';
import type { CodeItem, SeatsItem } from '../enrollment/store/seats.codec.ts';
import type { SeatState } from './seat-state.rules.ts';

/** The seats of a course: those of its class. */
interface FoundSeats {
  courseId: string;
  ofClass: Seats;
}

/** Reads the seats of courses, consistently. Failure: throws StoreUnavailable. */
@Injectable()
export class SeatsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /** The seats of those of `courseIds` that there are. */
  async read(courseIds: readonly string[]): Promise<CourseSeats[]> {
    return (await this.find(courseIds)).map(({ courseId, ofClass }) => courseSeatsUnder(ofClass, courseId));
  }

  /** The same as memory keeps them, drafts included. */
  async states(courseIds: readonly string[]): Promise<SeatState[]> {
    return (await this.find(courseIds)).map(seatStateOf);
  }

  /** The seats of one course as they are stored, seen under its code; undefined where there is no such course. */
  async one(courseId: string): Promise<Seats | undefined> {
    return (await this.all([courseId])).get(courseId);
  }

  /** The same of several courses, by id; those that there are. */
  async all(courseIds: readonly string[]): Promise<Map<string, Seats>> {
    const found = await this.find(courseIds);
    return new Map(found.map(({ courseId, ofClass }) => [courseId, seatsUnder(ofClass, courseId)]));
  }

  /** One read, and one more where some are other codes of classes. */
  private async find(courseIds: readonly string[]): Promise<FoundSeats[]> {
    const items = await this.items<SeatsItem | CodeItem>(courseIds);
    const codes = items.filter(isCodeItem);
    const found = items.flatMap((item) => (isCodeItem(item) ? [] : [seatsOf(item)]));
    const own = found.map((ofClass) => ({ courseId: ofClass.courseId, ofClass }));
    if (codes.length === 0) return own;
    const classes = await this.items<SeatsItem>([...new Set(codes.map(({ class_id }) => class_id))]);
    const byId = new Map(classes.map((item) => [item.course_id, seatsOf(item)]));
    const underCodes = codes.flatMap(({ course_id: courseId, class_id }) => {
      const ofClass = byId.get(class_id);
      return ofClass?.codes[courseId] ? [{ courseId, ofClass }] : [];
    });
    return [...own, ...underCodes];
  }

  private items<Item extends object>(ids: readonly string[]): Promise<Item[]> {
    return this.dynamo.getAll<Item>(
      'course_seats',
      ids.map((id) => ({ course_id: id })),
    );
  }
}

function seatStateOf({ courseId, ofClass }: FoundSeats): SeatState {
  const { status, capacity, reservations, courseVersion, codes, ...counts } = ofClass;
  const { enrolledCount, waitlistedCount, reserved, sequence } = counts;
  const code = codes[courseId];
  const state = { courseId, status, capacity, reservations, courseVersion };
  const ofAll = { ...state, enrolledCount, waitlistedCount, reserved, sequence };
  if (!code) return ofAll;
  return {
    ...ofAll,
    status: code.isCancelled ? 'cancelled' : status,
    // Both courses change it, and neither version ever falls.
    courseVersion: courseVersion + code.version,
    classId: ofClass.courseId,
    codeCapacity: code.capacity,
    codeCount: code.enrolledCount,
  };
}
