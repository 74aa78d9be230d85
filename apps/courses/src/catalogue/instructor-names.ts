import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Course, CourseState } from '@registrar/contracts-courses';
import { SingleFlight } from '@registrar/async';
import { steadyNow } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import { LRUCache } from 'lru-cache';

/** Names in memory, some 200 bytes each. */
const maxHeld = 50_000;
/** A name is read again after this time, ms: events keep it current, this is for one that was lost. */
const trustedMs = 60_000;
/** An answer waits no longer for names, ms: it goes out without those that are missing. */
const maxWaitMs = 300;

/** Instructors as course answers show them. */
export type Instructors = Course['instructors'];

interface Held {
  readonly name: string | null;
  readonly readAt: number;
}

/**
 * The names of instructors, in memory, from the projection of users.
 *
 * Guarantee: a change of a name shows as soon as this instance receives its event, after 2 min at the latest.
 * Failure: never throws. A name is null while no user of the id is known, or while it cannot be looked up.
 */
@Injectable()
export class InstructorNames {
  private readonly logger = new Logger(InstructorNames.name);
  private readonly held = new LRUCache<string, Held>({ max: maxHeld });
  private readonly reads = new SingleFlight<void>();
  private changed = 0;

  constructor(private readonly users: UsersRepository) {}

  /** Grows with every change of a name. */
  get changes(): number {
    return this.changed;
  }

  /** Sees to it that the names of all instructors of these courses are known, as far as they can be had in time. */
  async ensure(courses: readonly Pick<CourseState, 'instructorIds'>[]): Promise<void> {
    const now = steadyNow();
    const [old, missing]: [Set<string>, Set<string>] = [new Set(), new Set()];
    for (const { instructorIds } of courses) {
      for (const id of instructorIds) {
        const held = this.held.get(id);
        if (!held) missing.add(id);
        else if (now - held.readAt > trustedMs) old.add(id);
      }
    }
    if (old.size > 0) void this.read(old);
    if (missing.size > 0)
      await Promise.race([this.read(missing), delay(maxWaitMs, undefined, { ref: false })]);
  }

  /** The instructors of a course, as far as their names are known. */
  of({ instructorIds }: Pick<CourseState, 'instructorIds'>): Instructors {
    return instructorIds.map((id) => ({ id, name: this.held.peek(id)?.name ?? null }));
  }

  /** The instructors of a course that was not asked for before. */
  async find(course: Pick<CourseState, 'instructorIds'>): Promise<Instructors> {
    await this.ensure([course]);
    return this.of(course);
  }

  /** Takes over what an event says, null of one who was erased; of users who are no instructors, nothing is kept. */
  applyUser({ id, name }: { id: string; name: string | null }): void {
    if (this.held.has(id)) this.hold(id, name);
  }

  /** Single-flight by id: pages share instructors, and all names grow old together. */
  private async read(ids: ReadonlySet<string>): Promise<void> {
    const unread = [...ids].filter((id) => !this.reads.isRunning(id));
    const loading = unread.length > 0 ? this.load(unread) : Promise.resolve();
    await Promise.all([...ids].map((id) => this.reads.share(id, () => loading)));
  }

  private async load(wanted: readonly string[]): Promise<void> {
    const before = new Map(wanted.map((id) => [id, this.held.peek(id)]));
    try {
      const found = await this.users.byIds([...wanted]);
      for (const id of wanted) this.learn(id, found.get(id)?.name ?? null, before.get(id));
    } catch (error) {
      this.logger.warn({ err: error }, 'names of instructors could not be read');
      // Asked again with the next event or when the time is over, not with each answer.
      for (const [id, held] of before) this.learn(id, held?.name ?? null, held);
    }
  }

  /** An event that came since the read began is newer than what was read. */
  private learn(id: string, name: string | null, before: Held | undefined): void {
    if (this.held.peek(id) === before) this.hold(id, name);
  }

  private hold(id: string, name: string | null): void {
    if ((this.held.peek(id)?.name ?? null) !== name) this.changed += 1;
    this.held.set(id, { name, readAt: steadyNow() });
  }
}
