import { courseRoutes } from '@registrar/contracts-courses';
import type { Course } from '@registrar/contracts-courses';
import { ApiFault, exitCodes } from '../faults.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** A course that others change at the same time is read and changed again so often. */
const maxTries = 5;

/** Opens or closes a course for enrollment; one that is so already is left as it is. */
export async function setCourseStatus(
  context: CommandContext,
  courseId: string,
  status: 'open' | 'closed',
): Promise<number> {
  const { course, changed } = await change(context, courseId, status);
  const { id, code, section } = course;
  const name = `${code}-${section}`;
  tell(
    context,
    { courseId: id, code, section, status, changed },
    `${name} is ${changed ? 'now' : 'already'} ${status}.`,
  );
  return exitCodes.done;
}

async function change(
  { api }: CommandContext,
  courseId: string,
  status: 'open' | 'closed',
): Promise<{ course: Course; changed: boolean }> {
  const params = { id: courseId };
  for (let attempt = 1; ; attempt += 1) {
    const { body: course, headers } = await api.call(courseRoutes.getCourse, { params });
    if (course.status === status) return { course, changed: attempt > 1 };
    try {
      const ifMatch = headers.get('etag') ?? '*';
      const ask = { params, ifMatch, body: { status } };
      return { course: (await api.call(courseRoutes.changeCourse, ask)).body, changed: true };
    } catch (error) {
      const isStale = error instanceof ApiFault && error.code === 'version_conflict';
      if (!isStale || attempt === maxTries) throw error;
    }
  }
}
