import type { NewCourse } from '@registrar/contracts-courses';

/** A meeting of a course. */
export type Meeting = NonNullable<NewCourse['meetings']>[number];

/** A day of the week. */
export type Day = Meeting['day'];

const weekdays: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const names: Readonly<Record<string, Day>> = {
  M: 'mon',
  T: 'tue',
  Tu: 'tue',
  W: 'wed',
  R: 'thu',
  Th: 'thu',
  F: 'fri',
  Sa: 'sat',
  S: 'sat',
  Su: 'sun',
  U: 'sun',
};

/** Days written without spaces: "MWF", "TuTh", "MTWR". @returns undefined where a letter is no day */
export function daysOf(text: string): Day[] | undefined {
  const parts = text.match(/Tu|Th|Sa|Su|./g) ?? [];
  const days = parts.map((part) => (Object.hasOwn(names, part) ? names[part] : undefined));
  const known = days.filter((day) => day !== undefined);
  return known.length === parts.length && known.length > 0 ? known : undefined;
}

/** The day of the week of a date. @returns undefined where it is no date */
export function dayOfDate(date: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date)
    ? undefined
    : weekdays[at.getUTCDay()];
}

/** "9:30", "09:30", "935", "1315", "10:00am" or "4:00PM" as "HH:mm". @returns undefined where it is none of these */
export function clockOf(text: string): string | undefined {
  const [, hours = '', minutes = '', half = ''] = /^(\d{1,2}):?(\d{2}) ?([ap]m)?$/i.exec(text.trim()) ?? [];
  if (hours === '') return undefined;
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || (half !== '' && Number(hours) > 12)) return undefined;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/**
 * "1145-0110PM": the half of the day is said of the end, and the beginning is the latest before it; without one, the
 * morning.
 *
 * @returns undefined where these are no hours
 */
export function hoursOf(text: string): { start: string; end: string } | undefined {
  const [, from = '', to = '', half = ''] = /^(\d{4})-(\d{4})(AM|PM)?$/.exec(text.trim()) ?? [];
  const end = clockOf(`${to}${half}`);
  const start = [`${from}${half}`, from]
    .map(clockOf)
    .find((at) => at !== undefined && end !== undefined && at < end);
  return start !== undefined && end !== undefined ? { start, end } : undefined;
}

/** Meetings without those that are there twice. */
export function distinctMeetings(meetings: readonly Meeting[]): Meeting[] {
  return [...new Map(meetings.map((meeting) => [JSON.stringify(meeting), meeting])).values()];
}

/** "Lecture: mon, wed 09:00-09:50. Final examination: 2024-12-12." For people, where meetings are of several kinds. */
export function kindsInWords(
  kinds: readonly { readonly kind: string; readonly meeting: Meeting | null }[],
): string {
  const groups = Map.groupBy(kinds, ({ kind }) => kind);
  const words = [...groups].map(([kind, all]) => {
    const hours = Map.groupBy(
      all.flatMap(({ meeting }) => (meeting ? [meeting] : [])),
      ({ start, end }) => `${start}-${end}`,
    );
    const parts = [...hours].map(
      ([span, own]) => `${[...new Set(own.map(({ day, startsOn }) => startsOn ?? day))].join(', ')} ${span}`,
    );
    return parts.length === 0 ? kind : `${kind}: ${parts.join('; ')}`;
  });
  return `${words.join('. ')}.`;
}
