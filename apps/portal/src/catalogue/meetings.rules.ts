import type { Meeting } from '@registrar/contracts-courses';
import type { Weekday } from '../app/weekdays.ts';
import { weekdays } from '../app/weekdays.ts';

/** Meetings at the same time in the same room, on several days. */
export interface MeetingGroup {
  /** Monday first. */
  readonly days: readonly Weekday[];
  readonly start: string;
  readonly end: string;
  readonly room: string;
  readonly startsOn: string | undefined;
  readonly endsOn: string | undefined;
}

/** Meetings as they are said: those at the same time in the same room and on the same dates together, in order of the week. */
export function groupMeetings(meetings: readonly Meeting[]): readonly MeetingGroup[] {
  const groups = new Map<string, MeetingGroup>();
  for (const { day, start, end, room, startsOn, endsOn } of meetings.toSorted(inWeek)) {
    const key = JSON.stringify([start, end, room, startsOn, endsOn]);
    const days = groups.get(key)?.days ?? [];
    groups.set(key, { days: days.includes(day) ? days : [...days, day], start, end, room, startsOn, endsOn });
  }
  return [...groups.values()];
}

function inWeek(one: Meeting, other: Meeting): number {
  return weekdays.indexOf(one.day) - weekdays.indexOf(other.day) || one.start.localeCompare(other.start);
}
