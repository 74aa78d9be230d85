import type { Course } from '@registrar/contracts-courses';
import { Trans } from '@lingui/react/macro';

/** The names of those who teach a course. */
export function Instructors({ course }: { readonly course: Course }) {
  const names = course.instructors.flatMap(({ name }) => (name === null ? [] : [name]));
  return <span>{names.length === 0 ? <Trans>Instructor to be announced</Trans> : names.join(', ')}</span>;
}
