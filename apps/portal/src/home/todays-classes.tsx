import { Trans } from '@lingui/react/macro';
import { useCampusToday } from '../app/campus-day.ts';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import type { Enrollment } from '../registration/own-enrollments.ts';
import { ownWeekOf } from '../timetable/own-week.ts';
import styles from './home.module.css';
import { meetingsOn } from './today.rules.ts';

interface TodaysClassesProps {
  readonly enrollments: readonly Enrollment[];
  readonly courses: ReadonlyMap<string, Course>;
  readonly semester: Semester;
}

/** Today's meetings by campus time, in order, each with its room. */
export function TodaysClasses({ enrollments, courses, semester }: TodaysClassesProps) {
  const format = useFormat();
  const day = useCampusToday();
  if (day.date < semester.startsOn) {
    const start = format.day(semester.startsOn);
    return (
      <p>
        <Trans>Classes begin on {start}.</Trans>
      </p>
    );
  }
  const isHoliday = semester.holidays.includes(day.date);
  const seated = enrollments.filter(({ status }) => status === 'enrolled');
  const today = meetingsOn(ownWeekOf(seated, courses).blocks, semester, day);
  if (today.length === 0)
    return (
      <p>
        {isHoliday ? (
          <Trans>Today is a holiday: there are no classes.</Trans>
        ) : (
          <Trans>You have no classes today.</Trans>
        )}
      </p>
    );
  return (
    <ul className={styles['list']}>
      {today.map(({ courseId, code, title, start, end, room }) => (
        <li key={`${courseId} ${start}`}>
          <span className={styles['clock']}>
            {format.time(start)}–{format.time(end)}
          </span>
          <Link href={pathOfCourse(courseId)}>
            <strong>{code}</strong> {title}
          </Link>
          {room !== '' && <span className={styles['room']}>{room}</span>}
        </li>
      ))}
    </ul>
  );
}
