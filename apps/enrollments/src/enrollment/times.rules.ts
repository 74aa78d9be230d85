import { meetAtOnce } from '@registrar/eligibility/rules';
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
    const b = theirs.find((their) => meetAtOnce(a, their));
    if (b) return [a, b];
  }
  return undefined;
}

/** `Monday 09:00-10:30`; with its dates where it has any: `Monday 09:00-10:30 from 2027-01-11 to 2027-03-05`. */
export function describeMeeting({ day, start, end, startsOn, endsOn }: Meeting): string {
  return `${dayNames[day] ?? day} ${start}-${end}${dateWords(startsOn, endsOn)}`;
}

function dateWords(startsOn: string | undefined, endsOn: string | undefined): string {
  if (startsOn !== undefined && startsOn === endsOn) return ` on ${startsOn}`;
  return `${startsOn === undefined ? '' : ` from ${startsOn}`}${endsOn === undefined ? '' : ` to ${endsOn}`}`;
}
