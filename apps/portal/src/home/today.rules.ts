import type { CampusDay } from '../app/campus-day.rules.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import type { Block } from '../timetable/week.rules.ts';

/** The meetings of a week that take place on a day of the semester, in order; none on a holiday. */
export function meetingsOn(
  blocks: readonly Block[],
  { endsOn, holidays }: Pick<Semester, 'endsOn' | 'holidays'>,
  { date, weekday }: CampusDay,
): readonly Block[] {
  if (date > endsOn || holidays.includes(date)) return [];
  return blocks
    .filter(
      ({ day, startsOn = date, endsOn: last = date }) => day === weekday && startsOn <= date && date <= last,
    )
    .toSorted((one, other) => one.start.localeCompare(other.start));
}
