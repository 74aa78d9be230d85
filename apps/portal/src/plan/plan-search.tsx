import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useApi } from '../api/queries.ts';
import { courseName } from '../catalogue/course-name.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ErrorPanel } from '../ui/read-state.tsx';
import { Status } from '../ui/status.tsx';
import styles from './plan.module.css';

interface PlanSearchProps {
  readonly semesterId: string;
  /** Ids of courses that are planned. */
  readonly planned: readonly string[];
  readonly add: (course: Course) => void;
  /** Shows courses in the week as long as they are looked at. */
  readonly preview: (courses: readonly Course[]) => void;
}

const mostFound = 8;
const fewestLetters = 2;

/** Finds courses of the semester by their words, and adds them to the plan. */
export function PlanSearch({ semesterId, planned, add, preview }: PlanSearchProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim().slice(0, 200));
  const isAsked = words.length >= fewestLetters;
  const query = { q: words, semesterId, sort: 'relevance', limit: mostFound } as const;
  const found = useApi(
    'GET /api/courses',
    { query },
    { enabled: isAsked, placeholderData: keepPreviousData },
  );
  const courses = isAsked ? found.data?.items : undefined;
  return (
    <search className={styles['search']}>
      <TextField
        type="search"
        label={t`Add a course`}
        placeholder={t`Code or title`}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {isAsked && found.error !== null && <ErrorPanel query={found} />}
      {courses && courses.length > 0 && (
        <ul className={styles['found']} aria-label={t`Courses found`}>
          {courses.map((course) => (
            <li key={course.id} onMouseEnter={() => preview([course])} onMouseLeave={() => preview([])}>
              <FoundCourse
                course={course}
                isPlanned={planned.includes(course.id)}
                add={() => add(course)}
                preview={preview}
              />
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={courses?.length === 0 ? styles['none'] : 'visually-hidden'}>
        {courses?.length === 0 && <Trans>No course of this semester fits.</Trans>}
      </p>
    </search>
  );
}

interface FoundCourseProps extends Pick<PlanSearchProps, 'preview'> {
  readonly course: Course;
  readonly isPlanned: boolean;
  readonly add: () => void;
}

function FoundCourse({ course, isPlanned, add, preview }: FoundCourseProps) {
  const { t } = useLingui();
  const name = `${course.code} ${course.section}`;
  return (
    <>
      <span className={styles['foundName']}>
        <strong>{courseName(course)}</strong>
        <MeetingTimes meetings={course.meetings} />
      </span>
      <SeatCount course={course} />
      {isPlanned ? (
        <Status tone="ok">
          <Trans>In your plan</Trans>
        </Status>
      ) : (
        <Button
          small
          aria-label={t`Add ${name}`}
          onClick={add}
          onFocus={() => preview([course])}
          onBlur={() => preview([])}
        >{t`Add`}</Button>
      )}
    </>
  );
}
