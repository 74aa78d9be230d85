import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { PeriodicTask, SingleFlight } from '@registrar/async';
import { CachedBody } from '@registrar/cache';
import type { AnswerSource } from '@registrar/cache';
import { StoreUnavailable } from '@registrar/dynamodb';
import { ConsumerPulse } from '@registrar/messaging';
import { LRUCache } from 'lru-cache';
import { clockNow, steadyNow } from '@registrar/service';
import { nextReleaseOf } from '../enrollment/seats.rules.ts';
import { courseMissing } from './course-missing.ts';
import { newerOf, publicSeatsOf } from './seat-state.rules.ts';
import type { SeatState } from './seat-state.rules.ts';
import { SeatsRepository } from './seats.repository.ts';

/** Courses in memory, about 1 KB each. */
const maxHeld = 10_000;
/** What events keep current is read again after this time all the same, ms: an event may be late at its source. */
const trustedMs = 10_000;
/** The same while Kafka does not answer this instance, ms. */
const trustedAloneMs = 1_000;
/** A fetch waits at most 0.5 s for events: a pulse older than this means that Kafka does not answer, ms. */
const pulseMs = 1_500;
/** So old an answer may be while the store is away, ms. */
const staleMs = 60_000;
/** How often releases of reserved seats are looked for, ms. */
const releaseCheckMs = 1_000;

/** The seats of a course as they are sent. */
export interface HeldSeats {
  state: SeatState;
  body: CachedBody;
  /** Of the seats as they are sent: grows with every change. */
  version: number;
  /** When reserved seats become general next, which the body does not show; RFC 3339. */
  releasesAt: string | undefined;
  /** By the steady clock, ms. */
  readAt: number;
}

/** A change that an event announces. */
type SeatChange = (state: SeatState) => SeatState;

/** Notified of seats that have changed. */
type SeatListener = (held: HeldSeats) => void;

/**
 * The seats of the courses that somebody looks at, in memory, kept current by events.
 *
 * Guarantee: no state ever replaces a newer one. An answer is behind the last commit by what an event takes
 * (some 10 ms), by 1 s while Kafka is away, by 10 s where the instance that committed cannot publish.
 * Failure: 404 `course_not_found`; 503 when the store cannot be read and nothing younger than a minute is held.
 */
@Injectable()
export class SeatsBoard implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SeatsBoard.name);
  private readonly held = new LRUCache<string, HeldSeats>({ max: maxHeld });
  private readonly reads = new SingleFlight<HeldSeats>();
  /** Changes that came since the read of their course began. */
  private readonly changesSince = new Map<string, SeatChange[]>();
  /** Courses that were held as other codes for a class, by its id. */
  private readonly codes = new Map<string, Set<string>>();
  /** Held courses with releases to come. */
  private readonly releasing = new Set<string>();
  private readonly releases = new PeriodicTask(() => this.takeReleases(), {
    everyMs: releaseCheckMs,
    onError: (error) => this.logger.warn({ err: error }, 'released seats could not be shown'),
  });
  private listener: SeatListener = () => undefined;

  constructor(
    private readonly repository: SeatsRepository,
    private readonly pulse: ConsumerPulse,
  ) {}

  onApplicationBootstrap(): void {
    this.releases.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.releases.stop();
  }

  /** Subscribes `listener` to every change of seats that are held. */
  onChange(listener: SeatListener): void {
    this.listener = listener;
  }

  /** Whether this instance is notified of changes as they happen. */
  get isNotified(): boolean {
    const { lastPollAt } = this.pulse;
    return lastPollAt !== undefined && steadyNow() - lastPollAt < pulseMs;
  }

  /**
   * The seats of a course that is no draft.
   *
   * @param states reads them, among those of other courses, where they are not held
   */
  async get(
    courseId: string,
    states = () => this.repository.states([courseId]),
  ): Promise<HeldSeats & { source: AnswerSource }> {
    const held = this.released(this.held.get(courseId));
    if (held && this.isTrusted(held)) return { ...held, source: 'l1' };
    try {
      return { ...shown(await this.read(courseId, states)), source: 'load' };
    } catch (error) {
      const usable = held && error instanceof StoreUnavailable && steadyNow() - held.readAt < staleMs;
      if (usable) return { ...shown(held), source: 'stale' };
      throw error;
    }
  }

  /**
   * The seats of each of `courseIds`, in their order; those that are not held come by one read of the store.
   *
   * @throws Problem 404 where one of them is unknown or a draft
   */
  async getAll(courseIds: readonly string[]): Promise<HeldSeats[]> {
    const missing = courseIds.filter((id) => {
      const held = this.held.peek(id);
      return !(held && this.isTrusted(held)) && !this.reads.isRunning(id);
    });
    let states: Promise<SeatState[]> | undefined;
    const batch = () => (states ??= this.repository.states(missing));
    return Promise.all(courseIds.map((id) => this.get(id, batch)));
  }

  /** Applies a change; a course that is not in memory stays so. */
  applyChange(courseId: string, change: SeatChange): void {
    this.changesSince.get(courseId)?.push(change);
    const held = this.held.peek(courseId);
    if (held) this.hold(change(held.state), held.readAt);
  }

  /** Reads again, in one go, those of `courseIds` that are no longer trusted. */
  async refresh(courseIds: readonly string[]): Promise<void> {
    const old = courseIds.filter((id) => {
      const held = this.held.peek(id);
      return !held || !this.isTrusted(held);
    });
    if (old.length > 0) await this.readAll(old);
  }

  /** Courses that may be held as other codes for the class of this one. */
  codesOf(classId: string): readonly string[] {
    return [...(this.codes.get(classId) ?? [])];
  }

  /**
   * Reads those of `courseIds` that are held again, for something has changed that no event tells.
   *
   * Failure: logged; they are read again when they are no longer trusted.
   */
  async readAgain(courseIds: readonly string[]): Promise<void> {
    const held = courseIds.filter((id) => this.held.has(id) || this.reads.isRunning(id));
    if (held.length === 0) return;
    await this.readAll(held).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'changed seats could not be read'),
    );
  }

  private async readAll(courseIds: readonly string[]): Promise<void> {
    const readAt = steadyNow();
    for (const state of await this.repository.states(courseIds)) this.hold(state, readAt);
  }

  private isTrusted({ state, readAt }: HeldSeats): boolean {
    // A draft may have been opened a moment ago, and the one who opened it looks at once.
    if (state.status === 'draft') return false;
    return steadyNow() - readAt < (this.isNotified ? trustedMs : trustedAloneMs);
  }

  private read(courseId: string, states: () => Promise<SeatState[]>): Promise<HeldSeats> {
    return this.reads.share(courseId, async () => {
      const changes: SeatChange[] = [];
      this.changesSince.set(courseId, changes);
      try {
        const readAt = steadyNow();
        const read = (await states()).find((state) => state.courseId === courseId);
        if (!read) throw courseMissing();
        return this.hold(
          changes.reduce((state, change) => change(state), read),
          readAt,
        );
      } finally {
        this.changesSince.delete(courseId);
      }
    });
  }

  private hold(state: SeatState, readAt: number): HeldSeats {
    const before = this.held.peek(state.courseId);
    const now = before ? newerOf(before.state, state) : state;
    const rendered = before && now === before.state && !isReleaseDue(before) ? before : render(now);
    const held = { ...rendered, readAt: Math.max(readAt, before?.readAt ?? 0) };
    this.held.set(state.courseId, held);
    const { classId } = now;
    if (classId !== undefined)
      this.codes.set(classId, (this.codes.get(classId) ?? new Set()).add(state.courseId));
    if (held.releasesAt !== undefined) this.releasing.add(state.courseId);
    if (rendered !== before) this.listener(held);
    return held;
  }

  private released(held: HeldSeats | undefined): HeldSeats | undefined {
    return held && isReleaseDue(held) ? this.hold(held.state, held.readAt) : held;
  }

  /** Shows what time has released to who looks at it. */
  private takeReleases(): void {
    for (const courseId of this.releasing) {
      if (this.released(this.held.peek(courseId))?.releasesAt === undefined) this.releasing.delete(courseId);
    }
  }
}

function isReleaseDue({ releasesAt }: HeldSeats): boolean {
  return releasesAt !== undefined && releasesAt <= new Date(clockNow()).toISOString();
}

function render(state: SeatState): Omit<HeldSeats, 'readAt'> {
  const now = new Date(clockNow()).toISOString();
  const seats = publicSeatsOf(state, now);
  const body = CachedBody.of(JSON.stringify(seats));
  return { state, body, version: seats.version, releasesAt: nextReleaseOf(state, now) };
}

function shown(held: HeldSeats): HeldSeats {
  if (held.state.status === 'draft') throw courseMissing();
  return held;
}
