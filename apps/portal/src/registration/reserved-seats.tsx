import { Plural, Trans } from '@lingui/react/macro';
import { useId } from 'react';
import type { AnswerTo } from '../api/routes.ts';
import { useFormat } from '../app/format.ts';
import { useServerNow } from '../app/server-time.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useSeats } from '../live/use-seats.ts';
import { Status } from '../ui/status.tsx';
import styles from './reserved-seats.module.css';

interface ReservedSeatsProps {
  readonly course: Course;
  /** Undefined while it is not known, and without a session. */
  readonly own: AnswerTo<'GET /api/courses/:id/seats/me'> | undefined;
}

/** Seats that are kept for some students, until when, and what of it is for the reader; nothing where none are kept. */
export function ReservedSeats({ course, own }: ReservedSeatsProps) {
  const id = useId();
  const live = useSeats(course.id);
  if (course.reservations.length === 0) return null;
  const general = live?.generalAvailable;
  return (
    <section className={styles['reserved']} aria-labelledby={id}>
      {own && <ForYou own={own} />}
      <h2 id={id}>
        <Trans>Reserved seats</Trans>
      </h2>
      <dl>
        {course.reservations.map((reservation) => (
          <div key={reservation.name}>
            <dt>{reservation.name}</dt>
            <dd>
              <Left
                seats={reservation.seats}
                available={live?.reservations?.find(({ name }) => name === reservation.name)?.available}
              />
              {reservation.releasesAt !== null && <Release at={reservation.releasesAt} />}
            </dd>
          </div>
        ))}
        {general !== undefined && (
          <div>
            <dt>
              <Trans>For everybody</Trans>
            </dt>
            <dd>
              <Trans>{general} free</Trans>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function ForYou({
  own: { available, reservation },
}: {
  readonly own: NonNullable<ReservedSeatsProps['own']>;
}) {
  return (
    <p>
      <Status tone={available > 0 ? 'ok' : 'warn'} icon="seat">
        {available === 0 ? (
          <Trans>No seat is free for you now</Trans>
        ) : reservation === null ? (
          <Plural value={available} one="# seat is free for you" other="# seats are free for you" />
        ) : (
          <Plural
            value={available}
            one={`# seat is free for you, reserved for ${reservation}`}
            other={`# seats are free for you, those of ${reservation} first`}
          />
        )}
      </Status>
    </p>
  );
}

function Left({ seats, available }: { readonly seats: number; readonly available: number | undefined }) {
  return available === undefined ? (
    <Plural value={seats} one="# seat" other="# seats" />
  ) : (
    <Trans>
      {available} of {seats} free
    </Trans>
  );
}

/** When what is left of a reservation is for everybody, or since when it is. */
function Release({ at }: { readonly at: string }) {
  const format = useFormat();
  const moment = format.moment(at);
  const isPast = useServerNow(10_000) >= Date.parse(at);
  return (
    <span className={styles['release']}>
      {isPast ? <Trans>for everybody since {moment}</Trans> : <Trans>for everybody from {moment}</Trans>}
    </span>
  );
}
