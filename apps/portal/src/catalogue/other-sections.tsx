import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useApi } from '../api/queries.ts';
import { useWatchedCourses } from '../live/use-seats.ts';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { ownClashes } from '../registration/use-own-courses.ts';
import { CourseRow } from './course-row.tsx';
import type { Course } from './use-courses-by-id.ts';

interface OtherSectionsProps {
  readonly course: Course;
  readonly own: OwnCourses;
}

/** Other sections of the same code in the same semester, with their seats. */
export function OtherSections({ course, own }: OtherSectionsProps) {
  const { t } = useLingui();
  const { semesterId, departmentId, code } = course;
  const read = useApi('GET /api/courses', { query: { semesterId, departmentId, q: code, limit: 100 } });
  const sections = useMemo(
    () => (read.data?.items ?? []).filter((other) => other.code === code && other.id !== course.id),
    [read.data, code, course.id],
  );
  useWatchedCourses(useMemo(() => sections.map(({ id }) => id), [sections]));
  if (sections.length === 0) return null;
  return (
    <section aria-label={t`Other sections`}>
      <h2>
        <Trans>Other sections</Trans>
      </h2>
      {sections.map((section) => (
        <CourseRow
          key={section.id}
          course={section}
          headingLevel={3}
          own={own.byCourse.get(section.id)}
          clashes={ownClashes(section, own)
            .filter((other) => other.code !== code)
            .map((other) => other.code)}
        />
      ))}
    </section>
  );
}
