import { useCampus } from './campus.ts';
import type { Weekday } from './format.ts';
import { weekdays } from './format.ts';
import { useServerNow } from './server-time.ts';

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

/** Today on campus; it changes at midnight there. */
export function useCampusToday(): CampusDay {
  const { timeZone } = useCampus();
  return campusDayAt(useServerNow(30_000), timeZone);
}
