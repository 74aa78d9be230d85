import { t } from '@lingui/core/macro';
import type { Meeting } from '@registrar/contracts-courses';
import type { Format } from '../app/format.ts';

/** The dates of a meeting that is not held the whole semester: "Jan 11 – Mar 5, 2027"; empty where it has none. */
export function meetingDates(
  { startsOn, endsOn }: Pick<Meeting, 'startsOn' | 'endsOn'>,
  format: Pick<Format, 'day'>,
): string {
  const first = startsOn === undefined ? undefined : format.day(startsOn);
  const last = endsOn === undefined ? undefined : format.day(endsOn);
  if (first !== undefined && last !== undefined) return first === last ? first : `${first} – ${last}`;
  if (first !== undefined) return t`from ${first}`;
  return last === undefined ? '' : t`until ${last}`;
}
