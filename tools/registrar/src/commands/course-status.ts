import { course as courseSchema } from '../api/answers.ts';
import type { Course } from '../api/answers.ts';
import { ApiFault, exitCodes } from '../faults.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** A course that others change at the same time is read and changed anew so often. */
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
  const path = `/api/courses/${encodeURIComponent(courseId)}`;
  for (let attempt = 1; ; attempt += 1) {
    const { body: course, headers } = await api.withHeaders(courseSchema, { path });
    if (course.status === status) return { course, changed: attempt > 1 };
    try {
      const changed = await api.json(courseSchema, {
        method: 'PATCH',
        path,
        headers: { 'content-type': 'application/json', 'if-match': headers.get('etag') ?? '*' },
        body: JSON.stringify({ status }),
      });
      return { course: changed, changed: true };
    } catch (error) {
      const isStale = error instanceof ApiFault && error.code === 'version_conflict';
      if (!isStale || attempt === maxTries) throw error;
    }
  }
}
