import { useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { componentWord } from '../catalogue/component-words.ts';
import { groupMeetings } from '../catalogue/meetings.rules.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { heldInLists } from '../registration/linked.rules.ts';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { SelectField } from '../ui/field.tsx';

interface LinkedSelectsProps {
  readonly course: Course;
  readonly courses: ReadonlyMap<string, Course>;
  readonly own?: OwnCourses | undefined;
  /** Ids of the sections that are chosen. */
  readonly linked: readonly string[];
  readonly change: (linked: readonly string[]) => void;
  readonly disabled?: boolean;
}

/** One choice for each list of sections that are taken along; a list of which one is held needs none. */
export function LinkedSelects({ course, courses, own, linked, change, disabled }: LinkedSelectsProps) {
  const { t } = useLingui();
  const words = useSectionWords();
  const held = heldInLists(course, (id) => own?.byCourse.has(id) ?? false);
  return course.linked.map(({ component, courseIds }, at) => {
    if (held[at] !== undefined) return null;
    const chosen = courseIds.find((id) => linked.includes(id)) ?? '';
    const others = linked.filter((id) => !courseIds.includes(id));
    return (
      <SelectField
        key={at}
        label={componentWord(component)}
        value={chosen}
        disabled={disabled}
        onChange={({ target }) => change(target.value === '' ? others : [...others, target.value])}
      >
        <option value="">{t`Choose a section`}</option>
        {courseIds.map((id) => {
          const section = courses.get(id);
          return section === undefined ? null : (
            <option key={id} value={id}>
              {words(section)}
            </option>
          );
        })}
      </SelectField>
    );
  });
}

/** "L1, Tue 1:00 PM–2:30 PM, 3 seats". */
export function useSectionWords(): (section: Course) => string {
  const { t } = useLingui();
  const format = useFormat();
  return ({ section, meetings, seatsAvailable }) => {
    const times = groupMeetings(meetings).map(({ days, start, end }) => {
      const names = days.map((day) => format.weekday(day, 'short')).join(', ');
      return `${names} ${format.time(start)}–${format.time(end)}`;
    });
    const seats = seatsAvailable === 0 ? t`full` : t`${seatsAvailable} free`;
    return [section, ...times, seats].join(', ');
  };
}
