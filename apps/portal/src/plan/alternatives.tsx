import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useApi } from '../api/queries.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import styles from './plan.module.css';
import { isSamePart } from './plan.rules.ts';

interface AlternativesProps {
  readonly course: Course;
  /** Ids of the sections that are choices already. */
  readonly planned: readonly string[];
  readonly preview: (courses: readonly Course[]) => void;
  readonly add: (course: Course) => void;
}

/** Other sections of a course, as further choices; read when they are asked for. */
export function Alternatives(props: AlternativesProps) {
  const [isOpen, setOpen] = useState(false);
  const { code } = props.course;
  return (
    <details className={styles['alternatives']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>
          Add another section <span className="visually-hidden">of {code}</span>
        </Trans>
      </summary>
      {isOpen && <Sections {...props} />}
    </details>
  );
}

function Sections({ course, planned, preview, add }: AlternativesProps) {
  const { t } = useLingui();
  const { semesterId, departmentId, code } = course;
  const read = useApi('GET /api/courses', { query: { semesterId, departmentId, q: code, limit: 100 } });
  return (
    <ReadState query={read} skeleton={<Skeleton rows={2} rowHeight="3rem" />}>
      {({ items }) => {
        const others = items.filter((one) => isSamePart(course, one) && !planned.includes(one.id));
        if (others.length === 0)
          return (
            <p className={styles['none']}>
              <Trans>There are no other sections.</Trans>
            </p>
          );
        return (
          <ul className={styles['found']}>
            {others.map((section) => (
              <li key={section.id} onMouseEnter={() => preview([section])} onMouseLeave={() => preview([])}>
                <span className={styles['foundName']}>
                  <strong>{t`Section ${section.section}`}</strong>
                  <MeetingTimes meetings={section.meetings} />
                </span>
                <SeatCount course={section} />
                <Button
                  small
                  aria-label={t`Add section ${section.section}`}
                  onClick={() => add(section)}
                  onFocus={() => preview([section])}
                  onBlur={() => preview([])}
                >{t`Add`}</Button>
              </li>
            ))}
          </ul>
        );
      }}
    </ReadState>
  );
}
