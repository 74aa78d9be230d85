import type { Meeting } from './enrollment.types.ts';

const dayNames: Record<string, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** The first pair of meetings that are at the same time; ones that only touch are not. */
export function overlapOf(
  ours: readonly Meeting[],
  theirs: readonly Meeting[],
): [Meeting, Meeting] | undefined {
  for (const a of ours) {
    const b = theirs.find(({ day, start, end }) => day === a.day && start < a.end && a.start < end);
    if (b) return [a, b];
  }
  return undefined;
}

/** `Monday 09:00-10:30`. */
export function describeMeeting({ day, start, end }: Meeting): string {
  return `${dayNames[day] ?? day} ${start}-${end}`;
}
