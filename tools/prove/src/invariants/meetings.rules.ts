import { courseTopic } from '@registrar/contracts-courses';
import type { CourseEventData, PublishedCourse } from '@registrar/contracts-courses';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** A weekly meeting between two dates, where it has any. */
interface WeeklyMeeting {
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly startsOn?: string | undefined;
  readonly endsOn?: string | undefined;
}

/** When a course meets; rooms do not matter here. */
export type Meetings = readonly WeeklyMeeting[];

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const dayMs = 86_400_000;

/** From its decision until enrollments has it a change of times may take so long, beside a stopped instance, ms. */
const onItsWayMs = 30_000;

/** Whether two courses meet at the same time on some date; touching is no conflict. */
export function meet(ours: Meetings, theirs: Meetings): boolean {
  return ours.some((a) =>
    theirs.some((b) => a.day === b.day && a.start < b.end && b.start < a.end && shareDate(a, b)),
  );
}

/** Whether both take place on some date: the first such weekday of the later beginning is before both end. */
function shareDate(a: WeeklyMeeting, b: WeeklyMeeting): boolean {
  const from = [a.startsOn, b.startsOn]
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
  const to = [a.endsOn, b.endsOn].filter((date) => date !== undefined).sort()[0];
  if (from === undefined || to === undefined) return true;
  const first = Date.parse(from);
  const days = (weekdays.indexOf(a.day) - new Date(first).getUTCDay() + 7) % 7;
  return first + days * dayMs <= Date.parse(to);
}

/** What each course was, by its events. */
export class CourseStates {
  /** The states of each course, oldest first. */
  private readonly states = new Map<string, Map<number, PublishedCourse>>();

  constructor(copies: Snapshot['copies']) {
    for (const { topic, key, data } of copies) {
      if (topic !== courseTopic.name) continue;
      const { course } = data as CourseEventData;
      const known = this.states.get(key) ?? new Map<number, PublishedCourse>();
      this.states.set(key, known.set(course.version, course));
    }
  }

  /** All states that a decision at `at` (ms since the epoch) may have gone by: more than one around a change. */
  around(courseId: string, at: number): PublishedCourse[] {
    const states = this.statesOf(courseId);
    return states.filter(({ updatedAt }, index) => {
      const next = states[index + 1];
      const isGone = next !== undefined && Date.parse(next.updatedAt) + onItsWayMs < at;
      return !isGone && Date.parse(updatedAt) - onItsWayMs <= at;
    });
  }

  /** All states, oldest first. */
  statesOf(courseId: string): PublishedCourse[] {
    return [...(this.states.get(courseId)?.values() ?? [])].sort((a, b) => a.version - b.version);
  }
}

/** When each course met: registrars move courses to other times. */
export class Timetable {
  private readonly states: CourseStates;

  constructor(copies: Snapshot['copies']) {
    this.states = new CourseStates(copies);
  }

  /** Whether the course ever met at other times than it does now. */
  wasMoved(courseId: string): boolean {
    return new Set(this.states.statesOf(courseId).map(timesOf)).size > 1;
  }

  /** Whether the times that a course has now may be later than a decision at `at` (ms since the epoch). */
  mayBeMovedSince(courseId: string, at: number): boolean {
    const states = this.states.statesOf(courseId);
    const moved = states.filter((state, index) => index > 0 && timesOf(state) !== timesOf(states[index - 1]));
    return moved.some(({ updatedAt }) => Date.parse(updatedAt) + onItsWayMs >= at);
  }

  /** All times that a decision at `at` (ms since the epoch) may have gone by: more than one around a change. */
  around(courseId: string, at: number): Meetings[] {
    return this.states.around(courseId, at).map(({ meetings }) => meetings);
  }
}

const timesOf = (state: PublishedCourse | undefined) => JSON.stringify(state?.meetings);
