import type { Course } from '@registrar/contracts-courses';
import { Plural, Trans } from '@lingui/react/macro';
import { useSeats } from '../live/use-seats.ts';
import { Status } from '../ui/status.tsx';
import styles from './seat-count.module.css';

/** Free seats of a course, live: "3 seats", or "Full" with how many wait. Changes are not announced. */
export function SeatCount({ course }: { readonly course: Course }) {
  const { seatsAvailable, waitlistedCount } = useCounts(course);
  if (course.status === 'cancelled')
    return (
      <Status tone="bad">
        <Trans>Cancelled</Trans>
      </Status>
    );
  if (course.status !== 'open')
    return (
      <Status tone="neutral">
        <Trans>Closed</Trans>
      </Status>
    );
  if (seatsAvailable > 0)
    return (
      <Status tone="ok" icon="seat">
        <Plural value={seatsAvailable} one="# seat" other="# seats" />
      </Status>
    );
  return (
    <>
      <Status tone={course.waitlistCapacity > waitlistedCount ? 'waiting' : 'bad'}>
        <Trans>Full</Trans>
      </Status>
      {waitlistedCount > 0 && (
        <div className={styles['waiting']}>
          <Plural value={waitlistedCount} one="# waiting" other="# waiting" />
        </div>
      )}
    </>
  );
}

/** The counts of a course: live ones where there are, else those that were read with it. */
export function useCounts(
  course: Course,
): Pick<Course, 'capacity' | 'enrolledCount' | 'seatsAvailable' | 'waitlistedCount'> {
  return useSeats(course.id) ?? course;
}
