import type { CampusDay } from './campus-day.rules.ts';
import { campusDayAt } from './campus-day.rules.ts';
import { useCampus } from './campus.ts';
import { useServerNow } from './server-time.ts';

/** Today on campus; it changes at midnight there. */
export function useCampusToday(): CampusDay {
  const { timeZone } = useCampus();
  return campusDayAt(useServerNow(30_000), timeZone);
}
