import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { ChosenSemester, SemesterChoice } from '../catalogue/semester-choice.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useWatchedCourses } from '../live/use-seats.ts';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { useOwnCourses } from '../registration/use-own-courses.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ErrorPanel } from '../ui/read-state.tsx';
import { cart, useCart } from './cart.ts';
import { CartRow } from './cart-row.tsx';
import styles from './cart.module.css';
import { rowsOf } from './cart-rows.rules.ts';
import type { CartItem } from './cart.rules.ts';
import { RegisterBar } from './register-bar.tsx';
import { useCartCheck } from './use-cart-check.ts';
import type { CartRegistration } from './use-cart-registration.ts';
import { useCartRegistration } from './use-cart-registration.ts';

/** `/register`: the cart in order, what stands in the way of each row, and one button that takes all of it. */
export default function Register() {
  const { t } = useLingui();
  return (
    <Screen title={t`Register`} aside={<SemesterChoice />}>
      <ChosenSemester>{(semester) => <OfSemester key={semester.id} semester={semester} />}</ChosenSemester>
    </Screen>
  );
}

function OfSemester({ semester }: { readonly semester: Semester }) {
  const { t } = useLingui();
  const items = useCart(semester.id);
  const courses = useCartCourses(items);
  const own = useOwnCourses(semester.id);
  const sender = useCartRegistration(semester.id, courses.data);
  const [sent, setSent] = useState<readonly CartItem[]>([]);
  const rows = rowsOf(items, sent, sender.outcomes);
  // What gets a place leaves the cart, and stays on the page with its outcome.
  const registration: CartRegistration = {
    ...sender,
    register: (wanted) => {
      setSent(rows);
      sender.register(wanted);
    },
    swap: (item, enrollmentId) => {
      setSent(rows);
      sender.swap(item, enrollmentId);
    },
    wait: (item, enrollmentId) => {
      setSent(rows);
      sender.wait(item, enrollmentId);
    },
  };
  const open = items.filter(({ courseId }) => isTakeable(courseId, courses.data, own));
  const check = useCartCheck(open);
  if (rows.length === 0)
    return (
      <Empty action={<ButtonLink look="primary" href={paths.courses}>{t`Find courses`}</ButtonLink>}>
        <Trans>
          Your cart for {semester.name} is empty. Add courses to it from their pages or from your plan, and
          register for all of them at once.
        </Trans>
      </Empty>
    );
  const keep = (item: CartItem, change: Partial<CartItem>) => {
    registration.forget([item.courseId, ...item.linked]);
    cart.put(semester.id, { ...item, ...change });
  };
  const remove = ({ courseId, linked }: CartItem) => {
    registration.forget([courseId, ...linked]);
    setSent((before) => before.filter((one) => one.courseId !== courseId));
    cart.remove(semester.id, [courseId]);
  };
  return (
    <div className={styles['register']}>
      {courses.error !== null && <ErrorPanel query={courses} />}
      {own.read.error !== null && <ErrorPanel query={own.read} />}
      {check.error !== null && !registration.isOpen && <ErrorPanel query={check} />}
      {courses.data === undefined ? (
        courses.error === null && <Skeleton rows={rows.length} rowHeight="8rem" />
      ) : (
        <ol className={styles['cart']} aria-label={t`Cart`} aria-busy={check.isFetching}>
          {rows.map((item, at) => (
            <CartRow
              key={item.courseId}
              item={item}
              place={{ at, last: rows.length - 1 }}
              courses={courses.data ?? new Map<string, Course>()}
              own={own}
              result={check.data?.get(item.courseId)}
              check={check.data}
              registration={registration}
              change={(change) => keep(item, change)}
              move={(by) => cart.move(semester.id, item.courseId, by)}
              remove={() => remove(item)}
            />
          ))}
        </ol>
      )}
      <RegisterBar
        semester={semester}
        count={open.length}
        registration={registration}
        register={() => registration.register(open)}
      />
    </div>
  );
}

/** The courses of the items, and every section that could be taken along with them. */
function useCartCourses(items: readonly CartItem[]) {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const first = useMemo(() => items.map(({ courseId }) => courseId), [items]);
  // What has left the cart stays on the page with its outcome.
  const known = useMemo(() => [...new Set([...seen, ...first])], [seen, first]);
  if (known.length > seen.length) setSeen(known);
  const courses = useCoursesById(known);
  const linked = useMemo(
    () =>
      [...(courses.data?.values() ?? [])].flatMap((one) => one.linked.flatMap(({ courseIds }) => courseIds)),
    [courses.data],
  );
  const sections = useCoursesById(linked);
  useWatchedCourses(useMemo(() => [...known, ...linked].slice(0, mostWatched), [known, linked]));
  const data = useMemo(
    () => courses.data && new Map([...courses.data, ...(sections.data ?? [])]),
    [courses.data, sections.data],
  );
  return { ...courses, data };
}

const mostWatched = 100;

/** Whether a course can still be asked for: it exists, and the reader is not in it. */
function isTakeable(
  courseId: string,
  courses: ReadonlyMap<string, Course> | undefined,
  own: OwnCourses,
): boolean {
  return (courses?.has(courseId) ?? false) && !own.byCourse.has(courseId);
}
