import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { ChangeResult } from '@registrar/contracts-enrollments';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { courseName } from '../catalogue/course-name.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { CreditChoice } from '../registration/credit-choice.tsx';
import { EnrollmentStatus } from '../registration/enrollment-status.tsx';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Status } from '../ui/status.tsx';
import styles from './cart.module.css';
import type { CartItem } from './cart.rules.ts';
import { LinkedSelects } from './linked-selects.tsx';
import { isPlaced } from './outcomes.rules.ts';
import { RowOutcome } from './row-outcome.tsx';
import { RowProblems } from './row-problems.tsx';
import type { CartCheck } from './use-cart-check.ts';
import type { CartRegistration } from './use-cart-registration.ts';

interface CartRowProps {
  readonly item: CartItem;
  readonly place: { readonly at: number; readonly last: number };
  /** The courses of the cart, and their linked sections. */
  readonly courses: ReadonlyMap<string, Course>;
  readonly own: OwnCourses;
  /** What would come of it now; undefined while it is not known. */
  readonly result: ChangeResult | undefined;
  readonly check: CartCheck | undefined;
  readonly registration: CartRegistration;
  readonly change: (change: Partial<CartItem>) => void;
  readonly move: (by: number) => void;
  readonly remove: () => void;
}

/** A course of the cart: what is chosen with it, what stands in the way, and what came of it. */
export function CartRow(props: CartRowProps) {
  const { t } = useLingui();
  const id = useId();
  const { item, place, courses, own, registration, move, remove } = props;
  const course = courses.get(item.courseId);
  const code = course?.code ?? item.courseId;
  const placed = isPlaced(registration.outcomes.get(item.courseId));
  const isBusy = registration.isOpen;
  const actions = rowActions(props, id);
  return (
    <li className={styles['row']} id={id}>
      <div className={styles['what']}>
        {course ? (
          <Link href={pathOfCourse(course.id)} className={styles['name'] ?? ''}>
            <strong>{courseName(course)}</strong>
          </Link>
        ) : (
          <Status tone="bad">
            <Trans>This course ({code}) is not offered any more.</Trans>
          </Status>
        )}
        {course && <MeetingTimes meetings={course.meetings} />}
      </div>
      <div className={styles['seats']}>{course && <SeatCount course={course} />}</div>
      <div className={styles['actions']}>
        {!placed && place.last > 0 && (
          <>
            <Button
              small
              look="plain"
              aria-label={t`Move ${code} up`}
              disabled={isBusy || place.at === 0}
              onClick={() => move(-1)}
            >
              <Icon name="up" />
            </Button>
            <Button
              small
              look="plain"
              aria-label={t`Move ${code} down`}
              disabled={isBusy || place.at === place.last}
              onClick={() => move(1)}
            >
              <Icon name="down" />
            </Button>
          </>
        )}
        <Button small disabled={isBusy} onClick={remove}>{t`Remove ${code}`}</Button>
      </div>
      {course &&
        !placed &&
        (own.byCourse.has(course.id) ? (
          <Held own={own} id={course.id} />
        ) : (
          <Options {...props} course={course} actions={actions} />
        ))}
      {course && <RowOutcome item={item} course={course} courses={courses} own={own} {...actions} />}
    </li>
  );
}

/** What the remedies of a row do. */
function rowActions({ item, registration, change }: CartRowProps, id: string) {
  return {
    registration,
    joinWaitlist: (dropOnPromotion?: string) =>
      dropOnPromotion === undefined
        ? change({ joinWaitlist: true })
        : registration.wait(item, dropOnPromotion),
    swapFor: (enrollmentId: string) => registration.swap(item, enrollmentId),
    chooseLinked: () => document.getElementById(id)?.querySelector('select')?.focus(),
  };
}

function Held({ own, id }: { readonly own: OwnCourses; readonly id: string }) {
  const enrollment = own.byCourse.get(id);
  return <div className={styles['wide']}>{enrollment && <EnrollmentStatus enrollment={enrollment} />}</div>;
}

interface OptionsProps extends CartRowProps {
  readonly course: Course;
  readonly actions: ReturnType<typeof rowActions>;
}

/** What is chosen with the course, and what stands in its way now. */
function Options({ actions, ...props }: OptionsProps) {
  const { t } = useLingui();
  const { item, course, courses, own, result, check, registration, change } = props;
  const wasSent = registration.outcomes.has(item.courseId);
  return (
    <div className={styles['wide']}>
      <div className={styles['options']}>
        <LinkedSelects
          course={course}
          courses={courses}
          own={own}
          linked={item.linked}
          disabled={registration.isOpen}
          change={(linked) => change({ linked })}
        />
        <CreditChoice
          course={course}
          value={item.credits}
          disabled={registration.isOpen}
          change={(credits) => change({ credits })}
        />
        {course.waitlistCapacity > 0 && (
          <CheckField
            label={t`Join the waitlist if it is full`}
            checked={item.joinWaitlist}
            disabled={registration.isOpen}
            onChange={({ target }) => change({ joinWaitlist: target.checked })}
          />
        )}
      </div>
      {!wasSent && result && (
        <RowProblems
          item={item}
          course={course}
          courses={courses}
          own={own}
          result={result}
          check={check}
          {...actions}
        />
      )}
    </div>
  );
}
