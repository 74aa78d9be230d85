import type { Meeting } from '@registrar/contracts-courses';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { useFormat } from '../app/format.ts';
import { groupMeetings } from '../catalogue/meetings.rules.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import styles from './mini-week.module.css';
import type { PlacedBlock, Week } from './week.rules.ts';
import { layOutWeek, placeIn } from './week.rules.ts';

interface MiniWeekProps {
  readonly course: Course;
  /** Courses that the reader has a seat in; that one is left out. */
  readonly own: readonly Course[];
}

/** When a course meets, drawn over the own week, where there is one: small, and said in words for those who do not see it. */
export function MiniWeek({ course, own }: MiniWeekProps) {
  const id = useId();
  const words = useWords();
  const beside = own.filter(({ id: ownId, meetings }) => ownId !== course.id && meetings.length > 0);
  if (course.meetings.length === 0 || beside.length === 0) return null;
  const week = layOutWeek([course, ...beside].flatMap(blocksOf));
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <h2 id={id}>
        <Trans>In your week</Trans>
      </h2>
      <div className={styles['week']} role="img" aria-label={words(course, beside)}>
        {week.days.map(({ day, blocks }) => (
          <Day key={day} day={day} blocks={blocks} week={week} courseId={course.id} />
        ))}
      </div>
    </section>
  );
}

interface DayProps {
  readonly day: Meeting['day'];
  readonly blocks: readonly PlacedBlock[];
  readonly week: Week;
  /** Its blocks stand out. */
  readonly courseId: string;
}

function Day({ day, blocks, week, courseId }: DayProps) {
  const format = useFormat();
  return (
    <div className={styles['day']}>
      <span className={styles['name']}>{format.weekday(day, 'short')}</span>
      <div className={styles['hours']} style={{ blockSize: `${(week.toHour - week.fromHour) * 1.75}rem` }}>
        {blocks.map((block) => (
          <span
            key={`${block.courseId} ${block.start}`}
            className={styles['block']}
            data-this={block.courseId === courseId || undefined}
            style={placeIn(week, block)}
          >
            {block.code}
          </span>
        ))}
      </div>
    </div>
  );
}

/** "CS-101 meets Mon, Wed 9:00 AM–9:50 AM. Your week: BIO-101 Tue 1:00 PM–2:15 PM." */
function useWords(): (course: Course, beside: readonly Course[]) => string {
  const { t } = useLingui();
  const format = useFormat();
  const timesOf = ({ code, meetings }: Course) => {
    const times = groupMeetings(meetings).map(({ days, start, end }) => {
      const names = days.map((day) => format.weekday(day, 'short')).join(', ');
      return `${names} ${format.time(start)}–${format.time(end)}`;
    });
    return `${code} ${times.join(', ')}`;
  };
  return (course, beside) => {
    const times = timesOf(course);
    const others = beside.map(timesOf).join('; ');
    return t`When it meets: ${times}. Your week: ${others}.`;
  };
}

function blocksOf({ id: courseId, code, title, meetings }: Course) {
  return meetings.map((meeting) => ({ ...meeting, courseId, code, title, standing: 'enrolled' as const }));
}
