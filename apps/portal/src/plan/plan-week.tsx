import { Trans } from '@lingui/react/macro';
import { useId } from 'react';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { Legend } from '../timetable/legend.tsx';
import { ownWeekOf } from '../timetable/own-week.ts';
import { StandingStatus } from '../timetable/standing-status.tsx';
import timetable from '../timetable/timetable.module.css';
import { WeekGrid } from '../timetable/week-grid.tsx';
import { WeekList } from '../timetable/week-list.tsx';
import type { Block, Standing } from '../timetable/week.rules.ts';
import { layOutWeek } from '../timetable/week.rules.ts';
import { Notice } from '../ui/status.tsx';
import styles from './plan.module.css';
import type { Overlap } from './plan.rules.ts';
import { overlapsAmong } from './plan.rules.ts';

interface PlanWeekProps {
  readonly semester: Semester;
  readonly own: OwnCourses;
  /** The choices that count, but courses that are held. */
  readonly planned: readonly Course[];
  /** Every course of the plan, chosen or not: the grid has room for all of them. */
  readonly choices: readonly Course[];
  /** What is looked at now. */
  readonly preview: readonly Course[];
}

/** The week as it would be: what is held, waited for, planned and looked at, as a grid and as a list. */
export function PlanWeek({ semester, own, planned, choices, preview }: PlanWeekProps) {
  const current = [...own.byCourse.values()];
  const fixed = [...ownWeekOf(current, own.courses).blocks, ...planned.flatMap(blocksAs('planned'))];
  const shownIds = new Set([...own.byCourse.keys(), ...planned.map(({ id }) => id)]);
  const ghosts = preview.filter(({ id }) => !shownIds.has(id)).flatMap(blocksAs('preview'));
  const grid = layOutWeek(
    [...fixed, ...ghosts],
    choices.flatMap(({ meetings }) => meetings),
  );
  const list = layOutWeek(fixed);
  const withoutTimes = planned.filter(({ meetings }) => meetings.length === 0);
  if (grid.days.length === 0 && withoutTimes.length === 0)
    return (
      <p className={styles['none']}>
        <Trans>Nothing has a time in your week of {semester.name} yet.</Trans>
      </p>
    );
  return (
    <div className={timetable['views']}>
      <Overlaps overlaps={overlapsAmong([...own.seated, ...planned])} />
      {grid.days.length > 0 && (
        <div className={timetable['gridView']}>
          <Legend standings={['enrolled', 'waiting', 'planned', 'preview']} />
          <WeekGrid week={grid} today={undefined} />
        </div>
      )}
      {list.days.length > 0 && <WeekList week={list} today={undefined} />}
      {withoutTimes.length > 0 && <WithoutTimes courses={withoutTimes} />}
    </div>
  );
}

/** Times at which courses of the week meet at once, to the minute. */
function Overlaps({ overlaps }: { readonly overlaps: readonly Overlap[] }) {
  const format = useFormat();
  if (overlaps.length === 0) return null;
  return (
    <Notice tone="warn">
      {overlaps.map(({ others: [one, other], day, start, end }) => {
        const when = `${format.weekday(day)} ${format.time(start)}–${format.time(end)}`;
        return (
          <p key={`${one.id} ${other.id} ${day} ${start}`}>
            <Trans>
              <strong>{one.code}</strong> and <strong>{other.code}</strong> meet at once: {when}
            </Trans>
          </p>
        );
      })}
    </Notice>
  );
}

function WithoutTimes({ courses }: { readonly courses: readonly Course[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={timetable['section']}>
      <h2 id={id}>
        <Trans>Without set times</Trans>
      </h2>
      <ul className={timetable['list']} aria-labelledby={id}>
        {courses.map((course) => (
          <li key={course.id}>
            <Link href={pathOfCourse(course.id)}>
              <strong>{course.code}</strong> {course.title}
            </Link>
            <StandingStatus standing="planned" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function blocksAs(standing: Standing): (course: Course) => Block[] {
  return ({ id: courseId, code, title, meetings }) =>
    meetings.map((meeting) => ({ ...meeting, courseId, code, title, standing }));
}
