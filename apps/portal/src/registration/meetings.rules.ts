import type { Meeting } from '@registrar/contracts-courses';

/** Whether two weekly meetings share a minute; touching is none. */
export function meetAtOnce(one: Meeting, other: Meeting): boolean {
  return one.day === other.day && one.start < other.end && other.start < one.end;
}

/** Pairs of meetings that share a minute. */
export function clashesOf(ones: readonly Meeting[], others: readonly Meeting[]): [Meeting, Meeting][] {
  return ones.flatMap((one) =>
    others.filter((other) => meetAtOnce(one, other)).map((other): [Meeting, Meeting] => [one, other]),
  );
}

/** Meetings at the same hours in the same room, in one line: "Mon, Wed 9:30–10:45". */
export interface MeetingLine {
  readonly days: readonly Meeting['day'][];
  readonly start: string;
  readonly end: string;
  readonly room: string;
}

/** The meetings of a course in as few lines as say all of it. */
export function meetingLines(meetings: readonly Meeting[]): MeetingLine[] {
  const lines = new Map<string, { days: Meeting['day'][] } & Omit<MeetingLine, 'days'>>();
  for (const { day, start, end, room } of meetings) {
    const key = `${start} ${end} ${room}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { days: [day], start, end, room });
    else if (!line.days.includes(day)) line.days.push(day);
  }
  return [...lines.values()];
}
