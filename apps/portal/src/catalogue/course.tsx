import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useApi } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { useParams } from '../app/navigation.ts';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { useWatchedCourses } from '../live/use-seats.ts';
import { RegistrationPanel } from '../registration/registration-panel.tsx';
import { useEligibility } from '../registration/use-eligibility.ts';
import { useOwnCourses } from '../registration/use-own-courses.ts';
import { MiniWeek } from '../timetable/mini-week.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { courseName } from './course-name.ts';
import { requirementOf, restrictionOf } from './course-terms.ts';
import styles from './course.module.css';
import { Instructors } from './instructors.tsx';
import { componentWord } from './component-words.ts';
import { MeetingTimes } from './meeting-times.tsx';
import { OtherSections } from './other-sections.tsx';
import { Requirements } from './requirements.tsx';
import { Restriction } from './restriction.tsx';
import { SeatsAsOf } from './seats-as-of.tsx';
import type { Course } from './use-courses-by-id.ts';

/** `/courses/:id`: everything about one course, and the way into it. */
export default function CourseScreen() {
  const { t } = useLingui();
  const { id = '' } = useParams<{ id: string }>();
  const read = useApi('GET /api/courses/:id', { params: { id } });
  useWatchedCourses(useMemo(() => [id], [id]));
  const notFound = (
    <>
      <p>
        <Trans>
          There is no course at this address. It may be mistyped, or the course is not public yet.
        </Trans>
      </p>
      <p>
        <ButtonLink href={paths.courses}>{t`Find courses`}</ButtonLink>
      </p>
    </>
  );
  const title = read.data ? courseName(read.data) : read.error ? t`Course not found` : t`Course`;
  return (
    <Screen title={title} aside={<SeatsAsOf />} isReady={read.data !== undefined}>
      <ReadState
        query={read}
        skeleton={<Skeleton rows={3} rowHeight="8rem" />}
        refusals={{ course_not_found: notFound, invalid_path: notFound }}
      >
        {(course) => <CourseDetails course={course} />}
      </ReadState>
    </Screen>
  );
}

function CourseDetails({ course }: { readonly course: Course }) {
  const { t } = useLingui();
  const format = useFormat();
  const own = useOwnCourses(course.semesterId);
  const eligibility = useEligibility(course, own.enrollments);
  const [requirement, restriction] = [requirementOf(course), restrictionOf(course)];
  const credits = format.number(course.credits);
  return (
    <div className={styles['page']}>
      <div className={styles['panel']}>
        <RegistrationPanel course={course} />
      </div>
      <div className={styles['about']}>
        <dl className={styles['facts']}>
          {course.component !== 'lecture' && (
            <div>
              <dt>{t`Kind`}</dt>
              <dd>{componentWord(course.component)}</dd>
            </div>
          )}
          {course.topic !== null && (
            <div>
              <dt>{t`Topic`}</dt>
              <dd>{course.topic}</dd>
            </div>
          )}
          <div>
            <dt>{t`Meets`}</dt>
            <dd>
              <MeetingTimes meetings={course.meetings} />
            </dd>
          </div>
          <div>
            <dt>{t`Instructor`}</dt>
            <dd>
              <Instructors course={course} />
            </dd>
          </div>
          <div>
            <dt>{t`Credits`}</dt>
            <dd>
              <Plural value={course.credits} one={`${credits} credit`} other={`${credits} credits`} />
            </dd>
          </div>
          {requirement && (
            <div>
              <dt>{t`Needs first`}</dt>
              <dd>
                <Requirements requirement={requirement} eligibility={eligibility} />
              </dd>
            </div>
          )}
          {restriction && (
            <div>
              <dt>{t`Open only to`}</dt>
              <dd>
                <Restriction restriction={restriction} student={eligibility.record} />
              </dd>
            </div>
          )}
        </dl>
        {course.description !== '' && <p className={styles['description']}>{course.description}</p>}
        {own.isSettled && <MiniWeek course={course} own={own.seated} />}
        {own.isSettled && <OtherSections course={course} own={own} />}
      </div>
    </div>
  );
}
