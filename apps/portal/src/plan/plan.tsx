import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { goTo } from '../app/navigation.ts';
import { pathOfSemester, paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { cart } from '../cart/cart.ts';
import { ChosenSemester, SemesterChoice } from '../catalogue/semester-choice.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useOwnCourses } from '../registration/use-own-courses.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ErrorPanel, ReadState } from '../ui/read-state.tsx';
import { Notice } from '../ui/status.tsx';
import { moved } from '../ui/moved.rules.ts';
import { PlanEntryCard } from './plan-entry.tsx';
import { PlanSearch } from './plan-search.tsx';
import { PlanWeek } from './plan-week.tsx';
import styles from './plan.module.css';
import {
  cartItemsOf,
  chosenOf,
  idsIn,
  judgedBy,
  sectionOf,
  withCourse,
  withLinked,
  withoutChoice,
} from './plan.rules.ts';
import type { Judged, Plan, PlanCheck, PlanEntry } from './plan.rules.ts';
import type { OwnPlan } from './use-plan.ts';
import { usePlan, usePlanCheck } from './use-plan.ts';

/** `/plan`: what the reader wants in a semester, in order, with alternatives, over the own week. */
export default function PlanScreen() {
  const { t } = useLingui();
  return (
    <Screen title={t`Plan`} aside={<SemesterChoice />}>
      <ChosenSemester>{(semester) => <OfSemester key={semester.id} semester={semester} />}</ChosenSemester>
    </Screen>
  );
}

function OfSemester({ semester }: { readonly semester: Semester }) {
  const own = usePlan(semester.id);
  return (
    <ReadState query={own.read} skeleton={<Skeleton rows={3} rowHeight="9rem" />}>
      {() => <PlanOf semester={semester} own={own} entries={own.entries ?? []} />}
    </ReadState>
  );
}

interface PlanOfProps {
  readonly semester: Semester;
  readonly own: OwnPlan;
  readonly entries: readonly PlanEntry[];
}

function PlanOf({ semester, own, entries }: PlanOfProps) {
  const { t } = useLingui();
  const [preview, setPreview] = useState<readonly Course[]>([]);
  const [hasNoRoom, setNoRoom] = useState(false);
  const held = useOwnCourses(semester.id);
  const { courses, read } = usePlanCourses(entries);
  const check = usePlanCheck(own.read.data, own.state === 'saved');
  const judged = useJudged(entries, own.read.data, check.data);
  const planned = chosenOf(entries, judged).flatMap(({ courses: of }) =>
    of.flatMap(({ courseId }) => (held.byCourse.has(courseId) ? [] : (courses.get(courseId) ?? []))),
  );
  const choices = idsIn(entries).flatMap((id) => courses.get(id) ?? []);
  const change = (next: readonly PlanEntry[]) => {
    // What was looked at may be gone, and says so by no event.
    setPreview([]);
    setNoRoom(false);
    own.change(next);
  };
  const add = (course: Course) => {
    const choice = { courses: [{ courseId: course.id }] };
    const next = withCourse(entries, course, choice, (id) => courses.get(id));
    if (next) change(next);
    else setNoRoom(true);
  };
  const putIntoCart = () => {
    for (const item of cartItemsOf(entries, judged))
      if (!held.byCourse.has(item.courseId)) cart.put(semester.id, item);
    goTo(pathOfSemester(paths.register, semester.id));
  };
  return (
    <div className={styles['page']}>
      <div className={styles['wishes']}>
        <Saving own={own} />
        {read.error !== null && <ErrorPanel query={read} />}
        {held.read.error !== null && <ErrorPanel query={held.read} />}
        {check.error !== null && <ErrorPanel query={check} />}
        {hasNoRoom && <Notice tone="warn" role="alert">{t`Your plan has no room for it`}</Notice>}
        <PlanSearch semesterId={semester.id} planned={idsIn(entries)} add={add} preview={setPreview} />
        {entries.length === 0 ? (
          <p className={styles['none']}>
            <Trans>
              Your plan for {semester.name} is empty. Find a course above, or add it to the plan on its page.
            </Trans>
          </p>
        ) : (
          <ol className={styles['entries']} aria-label={t`Planned courses`}>
            {entries.map((entry, at) => (
              <PlanEntryCard
                key={entry.choices.map(sectionOf).toSorted().join()}
                entry={entry}
                place={{ at, last: entries.length - 1 }}
                courses={courses}
                own={held}
                judged={judged[at]}
                preview={setPreview}
                add={add}
                move={(by) => change(moved(entries, at, by))}
                moveChoice={(choice, by) =>
                  change(entries.with(at, { ...entry, choices: [...moved(entry.choices, choice, by)] }))
                }
                remove={(choice) => change(withoutChoice(entries, at, choice))}
                setLinked={(choice, linked) => change(withLinked(entries, { entry: at, choice }, linked))}
                setJoinWaitlist={(joinWaitlist) => change(entries.with(at, { ...entry, joinWaitlist }))}
              />
            ))}
          </ol>
        )}
        {entries.length > 0 && (
          <div className={styles['buttons']}>
            <Button look="primary" onClick={putIntoCart}>{t`Put into cart`}</Button>
            <span className={styles['hint']}>
              <Trans>What is possible goes into the cart, to register for it there.</Trans>
            </span>
          </div>
        )}
      </div>
      <PlanWeek semester={semester} own={held} planned={planned} choices={choices} preview={preview} />
    </div>
  );
}

/** What each entry would come to, by the last check that was answered. */
function useJudged(
  entries: readonly PlanEntry[],
  plan: Plan | undefined,
  check: PlanCheck | undefined,
): readonly Judged[] {
  const [last, setLast] = useState<{ readonly entries: readonly PlanEntry[]; readonly check: PlanCheck }>();
  if (plan !== undefined && check !== undefined && last?.check !== check)
    setLast({ entries: plan.entries, check });
  return judgedBy(entries, last?.entries ?? [], last?.check);
}

/** The courses of a plan, and the sections that can be taken along with them. */
function usePlanCourses(entries: readonly PlanEntry[]) {
  const ids = useMemo(() => idsIn(entries), [entries]);
  const read = useCoursesById(ids);
  const linked = useMemo(
    () => [...(read.data?.values() ?? [])].flatMap((one) => one.linked.flatMap(({ courseIds }) => courseIds)),
    [read.data],
  );
  const sections = useCoursesById(linked).data;
  const courses = useMemo(() => new Map([...(read.data ?? []), ...(sections ?? [])]), [read.data, sections]);
  return { courses, read };
}

/** Whether the plan is kept, and what can be done where it is not. */
function Saving({ own: { state, retry, reload } }: { readonly own: OwnPlan }) {
  const { t } = useLingui();
  if (state === 'changed-elsewhere')
    return (
      <Notice tone="warn" role="alert" actions={<Button small onClick={reload}>{t`Load again`}</Button>}>
        <Trans>
          The plan was changed in another tab or on another device. Load it again to go on; your last change
          here is not kept.
        </Trans>
      </Notice>
    );
  if (state === 'failed')
    return (
      <Notice tone="bad" role="alert" actions={<Button small onClick={retry}>{t`Retry`}</Button>}>
        <Trans>Your last change is not kept yet: the server could not be reached, or did not take it.</Trans>
      </Notice>
    );
  return (
    <p role="status" className={styles['saving']}>
      {state === 'saving' ? t`Saving…` : t`Saved`}
    </p>
  );
}
