import { Trans } from '@lingui/react/macro';
import { useId } from 'react';
import type { Weekday } from '../app/weekdays.ts';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { meetingDates } from '../catalogue/meeting-dates.ts';
import { StandingStatus } from './standing-status.tsx';
import styles from './timetable.module.css';
import type { Block, Week } from './week.rules.ts';

/** The week as a list, by day. */
export function WeekList({ week, today }: { readonly week: Week; readonly today: Weekday | undefined }) {
  const format = useFormat();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <h2 id={id}>
        <Trans>By day</Trans>
      </h2>
      {week.days.map(({ day, blocks }) => (
        <section key={day} aria-labelledby={`${id}-${day}`} className={styles['dayList']}>
          <h3 id={`${id}-${day}`} data-today={day === today}>
            <DayName name={format.weekday(day)} isToday={day === today} />
          </h3>
          <MeetingList blocks={blocks} />
        </section>
      ))}
    </section>
  );
}

function DayName({ name: day, isToday }: { readonly name: string; readonly isToday: boolean }) {
  return isToday ? <Trans>{day}, today</Trans> : day;
}

/** Meetings of one day, in order of time. */
export function MeetingList({ blocks }: { readonly blocks: readonly Block[] }) {
  const format = useFormat();
  return (
    <ul className={styles['list']}>
      {blocks.map((block) => (
        <li key={`${block.courseId} ${block.start} ${block.room} ${block.startsOn}`}>
          <span className={styles['when']}>
            {format.time(block.start)} – {format.time(block.end)}
          </span>
          <span className={styles['course']}>
            <Link href={pathOfCourse(block.courseId)}>
              <strong>{block.code}</strong> {block.title}
            </Link>
            {block.room !== '' && <span className={styles['room']}>{block.room}</span>}
            {meetingDates(block, format) !== '' && (
              <span className={styles['room']}>{meetingDates(block, format)}</span>
            )}
          </span>
          <StandingStatus standing={block.standing} />
        </li>
      ))}
    </ul>
  );
}
