import type { EnrollmentChange, SeatCounts } from '@registrar/contracts-enrollments';
import type {
  Actor,
  EnrollmentRecord,
  Offering,
  Seats,
  SemesterRules,
  WaitlistPlace,
} from '../../enrollment/enrollment.types.ts';
import { countsOf, withReleases } from '../../enrollment/seats.rules.ts';

/** An event that the commit will publish. */
export interface PlannedEvent {
  change: EnrollmentChange;
  enrollment: EnrollmentRecord;
  waitlistPosition: number | null;
  counts: SeatCounts;
  sequence: number;
  /** Of the student's semester, after the change. */
  studentVersion: number;
  actor: Actor;
  reason: string | null;
  override: string[];
}

/** What the commit does to the waitlist. */
export type PlaceChange =
  { kind: 'put' | 'kept'; place: WaitlistPlace } | { kind: 'remove'; courseId: string; ticket: number };

/** One course in a commit that is being planned: its seats as read, and as they will be. Knows nothing of storage. */
export class CoursePlan {
  private current: Seats;
  readonly events: PlannedEvent[] = [];
  /** Something outside of the commit goes by these seats as read: they are checked even where they do not change. */
  isReliedOn = false;
  private readonly moves = new Map<number, PlaceChange>();

  constructor(
    readonly before: Seats,
    readonly offering: Offering,
    readonly semester: SemesterRules,
  ) {
    this.current = before;
  }

  /** The seats as they will be so far. */
  get seats(): Seats {
    return this.current;
  }

  /** What becomes of places on the waitlist, one change each: the last one that was planned. */
  get places(): readonly PlaceChange[] {
    return [...this.moves.values()];
  }

  /** Plans a change of a place; one that was planned for the same place before gives way. */
  move(change: PlaceChange): void {
    this.moves.set(change.kind === 'remove' ? change.ticket : change.place.ticket, change);
  }

  /** A place that stays and of which this commit says more, such as that a seat passed by. */
  keptPlace(ticket: number): WaitlistPlace | undefined {
    const move = this.moves.get(ticket);
    return move?.kind === 'kept' ? move.place : undefined;
  }

  get isChanged(): boolean {
    return this.current !== this.before;
  }

  change(part: Partial<Seats>): void {
    this.current = { ...this.current, ...part, version: this.before.version + 1 };
  }

  /** Owes to the waitlist what reservations have released since the last commit. */
  takeReleases(now: string): void {
    const released = withReleases(this.current, now);
    if (released !== this.current) this.change(released);
  }

  /** The next place on the waitlist. */
  issueTicket(): number {
    const ticket = this.current.nextTicket;
    this.change({ nextTicket: ticket + 1 });
    return ticket;
  }

  /** Adds an event with the next sequence and the counts as they are now. */
  publish(event: Omit<PlannedEvent, 'counts' | 'sequence'>): void {
    const sequence = this.current.sequence + 1;
    this.change({ sequence });
    this.events.push({ ...event, sequence, counts: countsOf(this.current) });
  }
}

/** Plans of courses as read, without a change, by course id. */
export function coursePlansOf(
  courses: readonly Pick<CoursePlan, 'seats' | 'offering' | 'semester'>[],
): Map<string, CoursePlan> {
  return new Map(
    courses.map(({ seats, offering, semester }) => [
      seats.courseId,
      new CoursePlan(seats, offering, semester),
    ]),
  );
}
