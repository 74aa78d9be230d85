import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { LRUCache } from 'lru-cache';
import type { Offering, SemesterRules } from '../registration.types.ts';
import { offeringOf } from './offering.codec.ts';
import type { OfferingItem } from './offering.codec.ts';

interface Held {
  offering: Offering;
  /** The schedule version of the semester that it is known to be current at. */
  checkedAt: number;
}

/** Courses of several semesters, with room; about 2 KB each. */
const maxHeld = 20_000;

/**
 * Offerings in memory, exact all the same.
 *
 * A semester's schedule version grows in the transaction that changes any of its meetings. Every commit reads the
 * semester consistently, so an offering that was checked at that very version is current; others are read again.
 * One's own course is checked by `course_version`, which its seats carry.
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
    const [read] = await this.read([courseId]);
    if (read) this.hold(read, -1);
    return read;
  }

  /** Current offerings of `courseIds`, all of `semester`, by course id. */
  async current(courseIds: Iterable<string>, semester: SemesterRules): Promise<Map<string, Offering>> {
    const found = new Map<string, Offering>();
    const unsure: string[] = [];
    for (const id of new Set(courseIds)) {
      const held = this.held.get(id);
      if (held && held.checkedAt >= semester.scheduleVersion) found.set(id, held.offering);
      else unsure.push(id);
    }
    if (unsure.length === 0) return found;
    for (const offering of await this.read(unsure)) {
      this.hold(offering, semester.scheduleVersion);
      found.set(offering.courseId, offering);
    }
    return found;
  }

  private hold(offering: Offering, checkedAt: number): void {
    const held = this.held.get(offering.courseId);
    if (held && held.offering.version > offering.version) return;
    this.held.set(offering.courseId, { offering, checkedAt: Math.max(checkedAt, held?.checkedAt ?? -1) });
  }

  private async read(courseIds: string[]): Promise<Offering[]> {
    const table = this.dynamo.tables.name('offerings');
    const keys = courseIds.map((id) => ({ table, key: { course_id: id } }));
    const items = await this.dynamo.batchGet<OfferingItem>(keys, { consistent: true });
    return items.flatMap((item) => (item ? [offeringOf(item)] : []));
  }
}
