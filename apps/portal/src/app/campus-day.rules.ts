import type { Weekday } from './weekdays.ts';
import { weekdays } from './weekdays.ts';

/** A day by the campus's calendar. */
export interface CampusDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly weekday: Weekday;
}

/** The day that it is on campus at that moment. */
export function campusDayAt(atMs: number, timeZone: string): CampusDay {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(atMs);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  // 0 is Sunday.
  const day = new Date(`${date}T00:00Z`).getUTCDay();
  return { date, weekday: weekdays[(day + 6) % 7] ?? 'mon' };
}
