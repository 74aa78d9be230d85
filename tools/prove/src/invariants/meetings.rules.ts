import { courseTopic } from '@registrar/contracts-courses';
import type { CourseEventData, PublishedCourse } from '@registrar/contracts-courses';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** When a course meets in a week; rooms do not matter here. */
export type Meetings = readonly { readonly day: string; readonly start: string; readonly end: string }[];

/** From its decision until enrollments has it a change of times may take so long, beside a stopped instance, ms. */
const onItsWayMs = 30_000;

/** Whether two courses meet at the same time; touching is no conflict. */
export function meet(ours: Meetings, theirs: Meetings): boolean {
  return ours.some((a) => theirs.some((b) => a.day === b.day && a.start < b.end && b.start < a.end));
}

/** When each course met, by its events: registrars move courses to other times. */
export class Timetable {
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

  /** Whether the course ever met at other times than it does now. */
  wasMoved(courseId: string): boolean {
    const times = this.statesOf(courseId).map(({ meetings }) => JSON.stringify(meetings));
    return new Set(times).size > 1;
  }

  /** All times that a decision at `at` (ms since the epoch) may have gone by: more than one around a change. */
  around(courseId: string, at: number): Meetings[] {
    const states = this.statesOf(courseId);
    return states
      .filter(({ updatedAt }, index) => {
        const next = states[index + 1];
        const isGone = next !== undefined && Date.parse(next.updatedAt) + onItsWayMs < at;
        return !isGone && Date.parse(updatedAt) - onItsWayMs <= at;
      })
      .map(({ meetings }) => meetings);
  }

  private statesOf(courseId: string): PublishedCourse[] {
    return [...(this.states.get(courseId)?.values() ?? [])].sort((a, b) => a.version - b.version);
  }
}
