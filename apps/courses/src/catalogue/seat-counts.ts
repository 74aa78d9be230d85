import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ConsumerPulse } from '@registrar/messaging';
import { serviceUnavailable, steadyNow } from '@registrar/service';
import type { Problem } from '@registrar/service';
import { EnrollmentsClient } from '../pending-changes/enrollments.client.ts';
import type { Counts } from './course-answers.ts';
import { isLate, mustRefresh } from './lateness.rules.ts';
import { SeatQuestions } from './seat-questions.ts';

/** A course's counts and the event sequence they belong to. */
export interface SequencedCounts extends Counts {
  /** Of the class. */
  sequence: number;
  /** Of a cross-listed course: its class. */
  classId?: string | undefined;
}

interface Known extends SequencedCounts {
  /** When enrollments was asked for them, by the steady clock, ms; 0 for counts of unknown age. */
  askedAt: number;
  /** Grows over all courses with each change: shows whether a text rendered from these counts is current. */
  stamp: number;
}

/** Counts that are known do not wait longer for better ones, ms. */
const maxWaitMs = 300;
/** An event that comes so late says that others may be late too, for so long, ms. */
const lateAfterMs = 1_000;
const lateForMs = 2_000;

/**
 * How full each course is, on this instance.
 *
 * Guarantee: kept by the events of enrollments, which every instance receives, an older sequence never replacing a
 * newer one; where events are late by more than 1 s, enrollments is asked, so that what is shown is at most 2 s old.
 * Failure: without enrollments the last known counts are given; where there are none, Problem 503.
 */
@Injectable()
export class SeatCounts {
  private readonly known = new Map<string, Known>();
  /** Cross-listed courses whose counts are known, by their class. */
  private readonly codes = new Map<string, Set<string>>();
  private readonly questions: SeatQuestions;
  private stamps = 0;
  private lateUntil = 0;
  private subscribedSince: number | undefined;

  constructor(
    enrollments: EnrollmentsClient,
    private readonly pulse: ConsumerPulse,
  ) {
    this.questions = new SeatQuestions(
      (ids) => enrollments.seats(ids),
      (ids, seats, askedAt) => {
        const found = new Map(seats.map((each) => [each.courseId, each]));
        for (const id of ids) this.learn(id, found.get(id) ?? nobody, askedAt);
      },
    );
  }

  /** Grows with every change of any course's counts. */
  get changes(): number {
    return this.stamps;
  }

  /** Whether the events may be behind by more than 1 s. */
  get isLate(): boolean {
    return isLate({ now: steadyNow(), lastPollAt: this.pulse.lastPollAt, lateUntil: this.lateUntil });
  }

  /** What is known of a course, at once. */
  peek(courseId: string): SequencedCounts | undefined {
    return this.known.get(courseId);
  }

  /** When the counts of a course last changed, as a number that only grows; 0 for an unknown one. */
  stampOf(courseId: string): number {
    return this.known.get(courseId)?.stamp ?? 0;
  }

  /** The counts of a course. @throws Problem 503 where they cannot be had */
  async of(courseId: string): Promise<SequencedCounts> {
    await this.ensure([courseId]);
    const counts = this.known.get(courseId);
    if (!counts) throw unknownCounts();
    return counts;
  }

  /** Takes over what enrollments said just now, or `askedAt`. */
  learn(courseId: string, counts: SequencedCounts, askedAt = steadyNow()): void {
    const before = this.known.get(courseId);
    if (before && isOlder({ ...counts, askedAt }, before)) {
      before.askedAt = Math.max(before.askedAt, askedAt);
      return;
    }
    const { enrolledCount, waitlistedCount, sequence, classId } = counts;
    // Of any other course the capacity tells it, also one that these counts do not know yet.
    const seatsAvailable = classId === undefined ? undefined : counts.seatsAvailable;
    const isSame =
      before !== undefined && isShownAs(before, { enrolledCount, waitlistedCount, seatsAvailable });
    if (!isSame) this.stamps += 1;
    if (classId !== undefined) this.codes.set(classId, (this.codes.get(classId) ?? new Set()).add(courseId));
    this.known.set(courseId, {
      enrolledCount,
      waitlistedCount,
      seatsAvailable,
      classId,
      sequence,
      askedAt: Math.max(before?.askedAt ?? 0, askedAt),
      stamp: isSame ? before.stamp : this.stamps,
    });
  }

  /** Takes over what an event says. @param happenedAt milliseconds since the epoch */
  applyEvent(courseId: string, counts: SequencedCounts, happenedAt: number): void {
    const now = steadyNow();
    if (isOld(happenedAt)) this.lateUntil = now + lateForMs;
    // What is known of the same sequence was read after it, and may be of a later capacity.
    if ((this.known.get(courseId)?.sequence ?? -1) >= counts.sequence) return;
    this.learn(courseId, counts, this.known.get(courseId)?.askedAt ?? now);
  }

  /**
   * A course was created: no seat is taken, and every later change arrives as an event. Ignored where that is some time
   * ago, as somebody may have a seat by now. @param happenedAt milliseconds since the epoch
   */
  begin(courseId: string, happenedAt: number): void {
    if (!this.known.has(courseId) && !isOld(happenedAt)) this.learn(courseId, nobody);
  }

  /**
   * A course has changed, and with it what is left of the seats of courses that are cross-listed with it, or of its own
   * where it is cross-listed: enrollments is asked.
   */
  recheck({ id, crossListedOf }: { id: string; crossListedOf?: string | null | undefined }): void {
    const ids = typeof crossListedOf === 'string' ? [id] : [...(this.codes.get(id) ?? [])];
    for (const each of ids) {
      const known = this.known.get(each);
      if (known) known.askedAt = 0;
    }
    if (ids.length > 0) void this.askAgain(ids);
  }

  /** Asks, and once more where the answer was to a question of before. */
  private async askAgain(ids: readonly string[]): Promise<void> {
    const since = steadyNow();
    await this.questions.about(ids);
    const asked = ids.filter((id) => (this.known.get(id)?.askedAt ?? since) < since);
    if (asked.length > 0) await this.questions.about(asked);
  }

  /** Takes counts of unknown age where nothing is known: better than none while enrollments is away. */
  offer(courseId: string, counts: SequencedCounts): void {
    if (!this.known.has(courseId)) this.learn(courseId, counts, 0);
  }

  /** Sees to it that the counts of all these are known and recent enough. @throws Problem 503 */
  async ensure(courseIds: readonly string[]): Promise<void> {
    const now = steadyNow();
    const late = this.isLate;
    if (!late) this.subscribedSince ??= now;
    const subscribedSince = late ? undefined : this.subscribedSince;
    const { tookMs } = this.questions;
    const asked = courseIds.filter((id) =>
      mustRefresh(this.known.get(id)?.askedAt, { now, subscribedSince, tookMs }),
    );
    const unknown = asked.filter((id) => !this.known.has(id));
    if (unknown.length > 0) {
      await this.questions.about(asked);
      if (unknown.some((id) => !this.known.has(id))) throw unknownCounts();
    } else if (asked.length > 0 && !this.questions.isResting) {
      const answered = this.questions.about(asked).then(() => true);
      const isInTime = await Promise.race([answered, delay(maxWaitMs, false, { ref: false })]);
      if (!isInTime) this.questions.rest();
    }
  }
}

type Asked = Pick<Known, 'sequence' | 'askedAt'>;

/** Whether counts are older than known ones; those of one sequence may differ in what a capacity left. */
function isOlder(counts: Asked, known: Asked): boolean {
  if (counts.sequence !== known.sequence) return counts.sequence < known.sequence;
  return counts.askedAt < known.askedAt;
}

function isShownAs(known: Counts, counts: Counts): boolean {
  const { enrolledCount, waitlistedCount, seatsAvailable } = counts;
  return (
    known.enrolledCount === enrolledCount &&
    known.waitlistedCount === waitlistedCount &&
    known.seatsAvailable === seatsAvailable
  );
}

/** Whether an event took long to come: by the wall clocks of its publisher and of this instance, as there is no other measure. */
function isOld(happenedAt: number): boolean {
  return Date.now() - happenedAt > lateAfterMs;
}

/** The counts of a course that enrollments does not have: no seat was ever requested. */
const nobody: SequencedCounts = { enrolledCount: 0, waitlistedCount: 0, sequence: 0 };

/** 503: there are no counts to show, neither by events nor by asking. */
export function unknownCounts(): Problem {
  return serviceUnavailable('Seat counts are unavailable right now. Try again in a few seconds.');
}
