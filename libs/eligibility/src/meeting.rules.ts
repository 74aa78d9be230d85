/** When something meets each week: `HH:mm` on one day, between two dates (`YYYY-MM-DD`) where it has any. */
export interface WeeklyMeeting {
  readonly day: string;
  readonly start: string;
  readonly end: string;
  /** From its beginning on where there is none. */
  readonly startsOn?: string | undefined;
  /** To its end where there is none. */
  readonly endsOn?: string | undefined;
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const dayMs = 86_400_000;

/**
 * Whether two meetings share a minute: their hours overlap on one weekday, and some date that both go over is that
 * weekday. Meetings that only touch do not.
 */
export function meetAtOnce(one: WeeklyMeeting, other: WeeklyMeeting): boolean {
  if (one.day !== other.day || one.start >= other.end || other.start >= one.end) return false;
  const first = later(one.startsOn, other.startsOn);
  const last = earlier(one.endsOn, other.endsOn);
  return first === undefined || last === undefined || hasWeekday(one.day, first, last);
}

/** Whether a weekday lies between two dates, both included. */
function hasWeekday(day: string, first: string, last: string): boolean {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  const wait = (weekdays.indexOf(day) - new Date(from).getUTCDay() + 7) % 7;
  return from + wait * dayMs <= to;
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
