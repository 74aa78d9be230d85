import type { EnrollmentChange, SeatCounts } from '@registrar/contracts-enrollments';
import type {
  Actor,
  EnrollmentRecord,
  Offering,
  Seats,
  SemesterRules,
  WaitlistPlace,
} from '../../enrollment/enrollment.types.ts';
import { seatsUnder } from '../../enrollment/class-codes.rules.ts';
import { countsOf, withReleases } from '../../enrollment/seats.rules.ts';

/** An event that the commit will publish. */
export interface PlannedEvent {
  change: EnrollmentChange;
  enrollment: EnrollmentRecord;
  /** The course under whose code it is. */
  offering: Offering;
  waitlistPosition: number | null;
  counts: SeatCounts;
  sequence: number;
  /** Of the student's semester, after the change. */
  studentVersion: number;
  actor: Actor;
  reason: string | null;
  override: string[];
}

/** What the commit does to the waitlist of a class. */
export type PlaceChange =
  { kind: 'put' | 'kept'; place: WaitlistPlace } | { kind: 'remove'; courseId: string; ticket: number };

/** What a plan begins with: a class as read. */
export interface PlannedCourse {
  seats: Seats;
  /** Of the class's own course. */
  offering: Offering;
  semester: SemesterRules;
  /** Of its other codes, by course id; left out where there are none. */
  codes?: ReadonlyMap<string, Offering>;
}

/** The offerings of all codes of a class. */
export function offeringsIn({ offering, codes }: Pick<PlannedCourse, 'offering' | 'codes'>): Offering[] {
  return codes ? [offering, ...codes.values()] : [offering];
}

/** A class in a commit: what all plans of its codes share. */
interface ClassState {
  seats: Seats;
  events: PlannedEvent[];
  places: Map<number, PlaceChange>;
  isReliedOn: boolean;
}

/**
 * One class in a commit that is being planned, under one of its codes: its seats as read, and as they will be. Knows nothing
 * of storage. Plans of several codes of a class change the same seats; the class's own (`ofClass`) is committed.
 */
export class CoursePlan {
  private state: ClassState;
  private main: CoursePlan = this;
  private readonly codes = new Map<string, CoursePlan>();

  /**
   * @param before of the class, as read
   * @param offering of the class's own course
   * @param codes offerings of the courses that are cross-listed with it
   */
  constructor(
    readonly before: Seats,
    readonly offering: Offering,
    readonly semester: SemesterRules,
    codes: Iterable<Offering> = [],
  ) {
    this.state = { seats: before, events: [], places: new Map(), isReliedOn: false };
    for (const code of codes) this.codes.set(code.courseId, this.under(code));
  }

  /** The plan under the class's own code. */
  get ofClass(): CoursePlan {
    return this.main;
  }

  /** The plan of the same class under the code of this course; undefined where that is not one of the class's. */
  as(courseId: string): CoursePlan | undefined {
    const { main } = this;
    return courseId === main.offering.courseId ? main : main.codes.get(courseId);
  }

  /** The class as it will be so far, for a plan that begins with that. */
  asRead(): PlannedCourse {
    const { offering, codes } = this.main;
    const others = new Map([...codes].map(([id, code]) => [id, code.offering]));
    return { seats: this.state.seats, offering, semester: this.semester, codes: others };
  }

  /** The plans of all codes, the class's own first. */
  get all(): CoursePlan[] {
    return [this.main, ...this.main.codes.values()];
  }

  /** The seats as they will be so far, as they are seen under this code. */
  get seats(): Seats {
    return seatsUnder(this.state.seats, this.offering.courseId);
  }

  /** The seats of the class as they will be so far. */
  get classSeats(): Seats {
    return this.state.seats;
  }

  get events(): readonly PlannedEvent[] {
    return this.state.events;
  }

  /** Something outside of the commit goes by these seats as read: they are checked even where they do not change. */
  get isReliedOn(): boolean {
    return this.state.isReliedOn;
  }

  set isReliedOn(isReliedOn: boolean) {
    this.state.isReliedOn = isReliedOn;
  }

  /** What becomes of places on the waitlist, one change each: the last one that was planned. */
  get places(): readonly PlaceChange[] {
    return [...this.state.places.values()];
  }

  /** Plans a change of a place; one that was planned for the same place before gives way. */
  move(change: PlaceChange): void {
    this.state.places.set(change.kind === 'remove' ? change.ticket : change.place.ticket, change);
  }

  /** A place that stays and of which this commit says more, such as that a seat passed by. */
  keptPlace(ticket: number): WaitlistPlace | undefined {
    const move = this.state.places.get(ticket);
    return move?.kind === 'kept' ? move.place : undefined;
  }

  get isChanged(): boolean {
    return this.state.seats !== this.before;
  }

  /** Changes the seats of the class. */
  change(part: Partial<Seats>): void {
    this.state.seats = { ...this.state.seats, ...part, version: this.before.version + 1 };
  }

  /** Owes to the waitlist what reservations have released since the last commit. */
  takeReleases(now: string): void {
    const released = withReleases(this.state.seats, now);
    if (released !== this.state.seats) this.change(released);
  }

  /** The next place on the waitlist. */
  issueTicket(): number {
    const ticket = this.state.seats.nextTicket;
    this.change({ nextTicket: ticket + 1 });
    return ticket;
  }

  /** Adds an event with the next sequence of the class and the counts as they are now. */
  publish(event: Omit<PlannedEvent, 'offering' | 'counts' | 'sequence'>): void {
    const sequence = this.state.seats.sequence + 1;
    this.change({ sequence });
    const { offering } = this;
    this.state.events.push({ ...event, offering, sequence, counts: countsOf(this.state.seats) });
  }

  private under(code: Offering): CoursePlan {
    const plan = new CoursePlan(this.before, code, this.semester);
    plan.state = this.state;
    plan.main = this;
    return plan;
  }
}

/** The plan of a course as read. */
export function coursePlanOf({ seats, offering, semester, codes }: PlannedCourse): CoursePlan {
  return new CoursePlan(seats, offering, semester, codes?.values());
}

/** Plans of courses as read, without a change, by course id: those of their other codes too, on the same seats. */
export function coursePlansOf(courses: Iterable<PlannedCourse>): Map<string, CoursePlan> {
  const plans = new Map<string, CoursePlan>();
  for (const course of courses) {
    if (plans.has(course.seats.courseId)) continue;
    for (const plan of coursePlanOf(course).all) plans.set(plan.offering.courseId, plan);
  }
  return plans;
}

/** The plans that are committed for these: one of each class. */
export function classPlansOf(plans: Iterable<CoursePlan>): CoursePlan[] {
  return [...new Set(Array.from(plans, ({ ofClass }) => ofClass))];
}
