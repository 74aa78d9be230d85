import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { pathOfSemester, paths } from '../app/paths.ts';
import { useSession } from '../app/session-hooks.ts';
import { useCoursesById } from '../catalogue/use-courses-by-id.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Status } from '../ui/status.tsx';
import { idsIn, withCourse } from './plan.rules.ts';
import { usePlan } from './use-plan.ts';

interface AddToPlanProps {
  readonly course: Course;
  /** Ids of linked sections that are chosen. */
  readonly linked: readonly string[];
  /** Of variable credits, where the reader chose. */
  readonly credits: number | undefined;
}

/** Adds a section to the plan of its semester, as a further choice where another section of its code is planned. */
export function AddToPlan(props: AddToPlanProps) {
  return useSession().status === 'signed-in' ? <OwnPlanButton {...props} /> : null;
}

function OwnPlanButton({ course, linked, credits }: AddToPlanProps) {
  const { t } = useLingui();
  const own = usePlan(course.semesterId);
  const [isFull, setFull] = useState(false);
  const { entries } = own;
  const planned = useCoursesById(idsIn(entries ?? [])).data;
  if (entries === undefined) return <Button disabled>{t`Add to plan`}</Button>;
  if (own.state === 'changed-elsewhere' || own.state === 'failed')
    return <Button onClick={own.reload}>{t`The plan was not changed. Load it again`}</Button>;
  if (isFull) return <Status tone="warn">{t`Your plan has no room for it`}</Status>;
  if (idsIn(entries).includes(course.id))
    return <ButtonLink href={pathOfSemester(paths.plan, course.semesterId)}>{t`In your plan`}</ButtonLink>;
  const add = () => {
    const section = { courseId: course.id, ...(credits !== undefined && { credits }) };
    const choice = { courses: [section, ...linked.map((courseId) => ({ courseId }))] };
    const next = withCourse(entries, course, choice, (id) => planned?.get(id));
    if (next) own.change(next);
    else setFull(true);
  };
  return <Button disabled={planned === undefined} onClick={add}>{t`Add to plan`}</Button>;
}
