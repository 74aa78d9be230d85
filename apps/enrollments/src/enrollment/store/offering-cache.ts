import { Injectable } from '@nestjs/common';
import { Dynamo, maxTransactActions } from '@registrar/dynamodb';
import { LRUCache } from 'lru-cache';
import { seatsUnder, versionUnder } from '../class-codes.rules.ts';
import type { Offering, Seats, SemesterRules } from '../enrollment.types.ts';
import { offeringOf } from './offering.codec.ts';
import type { OfferingItem, SemesterItem } from './offering.codec.ts';
import { isCodeItem, seatsOf } from './seats.codec.ts';
import type { CodeItem, SeatsItem } from './seats.codec.ts';

interface Held {
  offering: Offering;
  /** The schedule version of the semester that it is known to be current at. */
  checkedAt: number;
}

/** Courses of several semesters, with room; about 2 KB each. */
const maxHeld = 20_000;
/** Offerings of one read: the semester is read with them. */
const together = maxTransactActions - 1;

/**
 * Offerings in memory, exact all the same.
 *
 * A semester's schedule version grows in the transaction that changes any of its meetings. Every commit reads the
 * semester consistently, so an offering that was checked at that version or later is current; others are read again,
 * in one transaction with the schedule version that they are then known to be current at: a batch read may see the
 * semester after a change and the offering before it.
 *
 * Of a student's other courses only the meetings are judged by. Their codes and credits are in the student's semester;
 * the offering of the course itself is checked by `course_version`, which its seats carry.
 */
@Injectable()
export class OfferingCache {
  private readonly held = new LRUCache<string, Held>({ max: maxHeld });

  constructor(private readonly dynamo: Dynamo) {}

  /** What is known of a course, current or not: its semester never changes. */
  known(courseId: string): Offering | undefined {
    return this.held.get(courseId)?.offering;
  }

  /** The offering of a course at `version` or later, read where memory is behind; undefined where there is none. */
  async atVersion(courseId: string, version: number): Promise<Offering | undefined> {
    const known = this.known(courseId);
    if (known && known.version >= version) return known;
    // In a transaction, for a batch may still see the offering before the change that `version` is known by.
    const [item] = await this.dynamo.transactGet<OfferingItem>([this.keyOf(courseId)]);
    if (!item) return undefined;
    const read = offeringOf(item);
    this.hold(read, -1);
    return read;
  }

  /**
   * A course as it is now, with its class's seats as they are seen under its code: who teaches it may change, and the
   * version in the seats shows whether memory is current.
   */
  async courseNow(courseId: string): Promise<{ seats: Seats; offering: Offering } | undefined> {
    const classId = this.known(courseId)?.classId ?? courseId;
    const item = await this.dynamo.get<SeatsItem | CodeItem>('course_seats', { course_id: classId });
    if (!item) return undefined;
    const ofClass = isCodeItem(item)
      ? await this.dynamo.get<SeatsItem>('course_seats', { course_id: item.class_id })
      : item;
    const seats = ofClass && seatsUnder(seatsOf(ofClass), courseId);
    const offering = seats && (await this.atVersion(courseId, versionUnder(seats, courseId)));
    return offering && { seats, offering };
  }

  /**
   * Current offerings of `courseIds`, all of `semester`, by course id.
   *
   * @param versions of courses that are needed at these versions or later, read by the same call
   */
  async current(
    courseIds: Iterable<string>,
    semester: SemesterRules,
    versions: ReadonlyMap<string, number> = new Map(),
  ): Promise<Map<string, Offering>> {
    const found = new Map<string, Offering>();
    const unsure: string[] = [];
    for (const [id, version] of versions) {
      const known = this.known(id);
      if (known && known.version >= version) found.set(id, known);
      else unsure.push(id);
    }
    for (const id of new Set(courseIds)) {
      if (versions.has(id)) continue;
      const held = this.held.get(id);
      if (held && semester.version > 0 && held.checkedAt >= semester.scheduleVersion)
        found.set(id, held.offering);
      else unsure.push(id);
    }
    const parts = Array.from({ length: Math.ceil(unsure.length / together) }, (_, at) =>
      unsure.slice(at * together, (at + 1) * together),
    );
    const read = await Promise.all(parts.map((part) => this.readAt(semester.id, part)));
    for (const offering of read.flat()) found.set(offering.courseId, offering);
    return found;
  }

  /** Reads offerings as they are at one moment, and holds them as current at the schedule version of that moment. */
  private async readAt(semesterId: string, courseIds: readonly string[]): Promise<Offering[]> {
    const { name } = this.dynamo.tables;
    const [semester, ...offerings] = await this.dynamo.transactGet<object>([
      { table: name('semesters'), key: { id: semesterId } },
      ...courseIds.map((id) => this.keyOf(id)),
    ]);
    const checkedAt = (semester as SemesterItem | undefined)?.schedule_version ?? -1;
    return offerings.flatMap((item) => {
      if (!item) return [];
      const offering = offeringOf(item as OfferingItem);
      this.hold(offering, checkedAt);
      return [offering];
    });
  }

  private hold(offering: Offering, checkedAt: number): void {
    const held = this.held.get(offering.courseId);
    if (held && held.offering.version > offering.version) return;
    this.held.set(offering.courseId, { offering, checkedAt: Math.max(checkedAt, held?.checkedAt ?? -1) });
  }

  private keyOf(courseId: string) {
    return { table: this.dynamo.tables.name('offerings'), key: { course_id: courseId } };
  }
}
