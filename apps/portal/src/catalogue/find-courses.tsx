import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useRef } from 'react';
import { useQueryState } from '../app/navigation.ts';
import { Screen } from '../app/screen.tsx';
import { useWatchedCourses } from '../live/use-seats.ts';
import { ownClashes, useOwnCourses } from '../registration/use-own-courses.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { CourseRow } from './course-row.tsx';
import { countFilters, filtersOf } from './filters.rules.ts';
import { Filters } from './filters.tsx';
import styles from './find-courses.module.css';
import { SeatsAsOf } from './seats-as-of.tsx';
import type { Course } from './use-courses-by-id.ts';
import { useCourseList } from './use-course-list.ts';
import { useSemester } from './use-semesters.ts';

const mostWatched = 100;

/** `/courses`: the catalogue, by search and filters that the address holds. */
export default function FindCourses() {
  const { t } = useLingui();
  const [query, changeQuery] = useQueryState();
  const filters = useMemo(() => filtersOf(query), [query.toString()]); // eslint-disable-line react-hooks/exhaustive-deps
  const semester = useSemester(filters.semesterId === '' ? undefined : filters.semesterId).data ?? undefined;
  const own = useOwnCourses(semester?.id);
  const list = useCourseList(filters);
  const fits = (course: Course) => !filters.fits || ownClashes(course, own).length === 0;
  const shown = list.data?.filter(fits);
  const search = useRef<HTMLInputElement>(null);
  useWatchedCourses(useMemo(() => (shown ?? []).slice(0, mostWatched).map(({ id }) => id), [shown]));
  useEffect(() => {
    if (query.get('focus') !== 'search') return;
    search.current?.focus();
    changeQuery({ focus: undefined });
  }, [query, changeQuery]);

  return (
    <Screen title={t`Find courses`} aside={<SeatsAsOf />} isReady={list.data !== undefined}>
      <div className={styles['page']}>
        <Filters filters={filters} change={changeQuery} semester={semester} searchBox={search} />
        <div className={styles['results']} aria-busy={list.isFetching}>
          <ReadState query={list} skeleton={<Skeleton rows={8} rowHeight="6rem" />}>
            {() => (
              <>
                <p role="status" className={styles['count']}>
                  {list.hasNextPage ? (
                    <Trans>The first {shown?.length} courses</Trans>
                  ) : (
                    <Plural value={shown?.length ?? 0} one="# course" other="# courses" />
                  )}
                </p>
                {shown?.map((course) => (
                  <CourseRow
                    key={course.id}
                    course={course}
                    own={own.byCourse.get(course.id)}
                    clashes={
                      own.byCourse.has(course.id)
                        ? noClashes
                        : ownClashes(course, own).map(({ code }) => code)
                    }
                  />
                ))}
                {shown?.length === 0 && !list.hasNextPage && (
                  <Nothing hasFilters={filters.q !== '' || countFilters(filters) > 0} />
                )}
                {list.hasNextPage && (
                  <div className={styles['more']}>
                    <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
                      {list.isFetchingNextPage ? t`Loading…` : t`Show more courses`}
                    </Button>
                  </div>
                )}
              </>
            )}
          </ReadState>
        </div>
      </div>
    </Screen>
  );
}

const noClashes: readonly string[] = [];

function Nothing({ hasFilters }: { readonly hasFilters: boolean }) {
  return (
    <p>
      {hasFilters ? (
        <Trans>No course fits all of this. Take a filter away, or search for fewer words.</Trans>
      ) : (
        <Trans>This semester has no courses yet.</Trans>
      )}
    </p>
  );
}
