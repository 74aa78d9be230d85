import { Injectable } from '@nestjs/common';
import type { IdempotencyRecord } from '@registrar/idempotency';
import { clockNow } from '@registrar/service';
import { courseIdsOf, hasCancellation, isOfSameCourses } from '../../enrollment/class-codes.rules.ts';
import { withReleases } from '../../enrollment/seats.rules.ts';
import { coursesOf } from '../planning/change-set.ts';
import { requestOf } from '../planning/commands.ts';
import type { Command } from '../planning/commands.ts';
import { coursePlanOf } from '../planning/course-plan.ts';
import type { GroupView } from '../planning/group-plan.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import type { Offering, Seats, WaitlistPlace } from '../../enrollment/enrollment.types.ts';
import { CurrentEnrollments } from '../../enrollment/store/current-enrollments.ts';
import { CompanionReader } from './companion-reader.ts';
import { ViewRepository, detailsFor } from './view.repository.ts';
import type { CourseView, GroupItems, StudentKey } from './view.repository.ts';
import type { Prefetched } from './course-queue.ts';

/** Waiting students judged in one commit at most: each is three actions, and its semester has to be read. */
export const maxJudged = 20;
/** Enrollments of a cancelled course ended in one commit at most. */
const maxEnded = 30;

/** Students without an entry whom a commit leaves as they are. */
export interface LeftOut {
  /** The store does not take their change: who waits is passed over. */
  refused: ReadonlySet<string>;
  /** A later commit comes to them, and to those who wait behind them. */
  postponed: ReadonlySet<string>;
}

const nobodyLeftOut: LeftOut = { refused: new Set(), postponed: new Set() };

/** What was read for a group. Each try plans on copies of it. */
export class GroupReading {
  constructor(
    private readonly course: CourseView | undefined,
    private readonly students: readonly StudentPlan[],
    private readonly offerings: ReadonlyMap<string, Offering>,
    private readonly others: ReadonlyMap<string, CourseView>,
    private readonly waiting: { places: WaitlistPlace[]; isWhole: boolean },
    private readonly places: ReadonlyMap<string, WaitlistPlace>,
    private readonly ending: readonly string[],
    private readonly records: ReadonlyMap<string, IdempotencyRecord>,
  ) {}

  /** The kept answer of an earlier try of the same request, as read. */
  recordOf(requestId: string): IdempotencyRecord | undefined {
    return this.records.get(requestId);
  }

  /** Plans of all that was read, without a change. @param leftOut students whom this commit does not change beside its entries */
  view(now: string, { refused, postponed }: LeftOut = nobodyLeftOut): Omit<GroupView, 'campus'> {
    const students = new Map(this.students.map((student) => [student.userId, student.again()]));
    const { course, places, ending } = this;
    const cut = this.waiting.places.findIndex(({ userId }) => postponed.has(userId));
    const head = cut < 0 ? this.waiting : { places: this.waiting.places.slice(0, cut), isWhole: false };
    return {
      course: course && coursePlanOf(course),
      students,
      head: {
        ...head,
        students,
        offerings: this.offerings,
        others: CompanionReader.plansOf(this.others),
        refused,
      },
      places,
      ending: ending.filter((userId) => !refused.has(userId) && !postponed.has(userId)),
      now,
    };
  }
}

/**
 * Reads all that a group of commands of one class is decided on.
 *
 * Failure: throws StoreUnavailable.
 */
@Injectable()
export class GroupReader {
  constructor(
    private readonly views: ViewRepository,
    private readonly current: CurrentEnrollments,
    private readonly companions: CompanionReader,
  ) {}

  /** The part of the reading that depends on nothing of the group before but the seats. */
  prefetch(classId: string, commands: readonly Command[]): Promise<GroupItems> {
    return this.views.read(
      classId,
      commands.flatMap((command) => keyOf(command) ?? []),
    );
  }

  /** @param prefetched what was read for the group, or for more than it, while another one was committed */
  async read(classId: string, commands: readonly Command[], prefetched?: Prefetched): Promise<GroupReading> {
    const found =
      (prefetched && brought(await prefetched.found, prefetched.seats)) ??
      (await this.prefetch(classId, commands));
    const { course, records } = found;
    if (!course)
      return new GroupReading(undefined, [], new Map(), new Map(), noneWaiting, new Map(), [], records);
    const [waiting, ending] = await Promise.all([this.waiting(course, commands), this.ending(course)]);
    const places = await this.places(course, found.students, commands);
    const known = new Set(found.students.map(({ userId }) => userId));
    const more = [...waiting.places.map(({ userId }) => userId), ...ending]
      .filter((userId) => !known.has(userId))
      .map((userId) => ({ userId, courseIds: courseIdsOf(course.seats) }));
    const others = await this.views.students(more, course.seats.semesterId, detailsFor(course));
    const students = [...found.students, ...others];
    const offerings = await this.views.offeringsOf(students, [course]);
    const waits = new Set([...waiting.places, ...places.values()].map(({ userId }) => userId));
    const waiters = students.filter(({ userId }) => waits.has(userId));
    const companions = await this.companions.read(course, waiters, offerings);
    return new GroupReading(course, students, offerings, companions, waiting, places, ending, records);
  }

  /** The head of the waitlist, where this group may give a seat to it. */
  private async waiting({ seats }: CourseView, commands: readonly Command[]) {
    const now = new Date(clockNow()).toISOString();
    const isDue = seats.promotion !== null || withReleases(seats, now) !== seats;
    const mayFree = isDue || commands.some(mayFreeSeat);
    if (seats.status !== 'open' || !mayFree) return noneWaiting;
    if (seats.waitlistedCount === 0) return { places: [], isWhole: true };
    return this.views.waiting(seats, maxJudged);
  }

  /** Of a cancelled course, or of a cancelled code: students whose enrollments have not ended yet. */
  private async ending({ seats }: CourseView): Promise<string[]> {
    if (!hasCancellation(seats)) return [];
    if (seats.cancellation) return this.current.studentsIn(seats.courseId, maxEnded);
    const codeId = Object.keys(seats.codes).find((id) => seats.codes[id]?.cancellation);
    return this.current.studentsIn(seats.courseId, maxEnded, codeId);
  }

  private async places(
    { seats }: CourseView,
    students: readonly StudentPlan[],
    commands: readonly Command[],
  ) {
    const again = new Map(
      commands.flatMap((command) =>
        command.kind === 'reconsider' ? [[command.userId, command.courseId] as const] : [],
      ),
    );
    const tickets = students.flatMap((student) => {
      const ticket = student.enrollmentIn(again.get(student.userId) ?? '')?.ticket;
      return ticket === null || ticket === undefined ? [] : [ticket];
    });
    const places = tickets.length > 0 ? await this.views.placesOf(seats.courseId, tickets) : [];
    return new Map(places.map((place) => [place.userId, place]));
  }
}

/**
 * What was read, with the seats that a later commit left; undefined where the course itself was changed in between,
 * as other things may have to be read of its students then.
 */
export function brought(found: GroupItems, seats: Seats): GroupItems | undefined {
  const { course } = found;
  if (!course || !isOfSameCourses(course.seats, seats)) return undefined;
  return course.seats.version < seats.version ? { ...found, course: { ...course, seats } } : found;
}

function keyOf(command: Command): StudentKey | undefined {
  if (command.kind === 'continue') return undefined;
  const { userId } = command;
  const requestId = requestOf(command)?.id;
  const courseIds = command.kind === 'change' ? coursesOf(command) : [command.courseId];
  return { userId, courseIds, ...(requestId !== undefined && { requestId }) };
}

function mayFreeSeat(command: Command): boolean {
  return command.kind === 'change' && command.drop.length > 0;
}

/** The head of a waitlist that was not read. */
export const noneWaiting = { places: [], isWhole: false };
