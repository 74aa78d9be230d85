import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { RosterEntry } from '@registrar/contracts-enrollments';
import { itemsOf } from '@registrar/contracts-http';
import { exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** Shows who waits for a seat in a course, the next first. */
export async function showWaitlist(context: CommandContext, courseId: string): Promise<number> {
  const { api } = context;
  const params = { id: courseId };
  const { code, section, title } = (await api.call(courseRoutes.getCourse, { params })).body;
  const found = await Array.fromAsync(
    itemsOf(async (paging) => {
      const query = { status: 'waitlisted' as const, ...paging };
      return (await api.call(enrollmentRoutes.getRoster, { params, query })).body;
    }),
  );
  const waiting = found.sort((a, b) => (a.waitlistPosition ?? 0) - (b.waitlistPosition ?? 0));
  const places = waiting.map(({ id, userId, userName, userEmail, waitlistPosition, enrolledAt }) => {
    return { position: waitlistPosition, enrollmentId: id, userId, userName, userEmail, since: enrolledAt };
  });
  const name = `${code}-${section} ${title}`;
  tell(context, { courseId, code, section, waiting: places }, inWords(name, waiting));
  return exitCodes.done;
}

function inWords(name: string, waiting: readonly RosterEntry[]): string {
  if (waiting.length === 0) return `Nobody waits for ${name}.`;
  const rows = waiting.map(({ waitlistPosition, userName, userEmail, enrolledAt }) => [
    String(waitlistPosition ?? '-'),
    userName ?? '-',
    userEmail ?? '-',
    enrolledAt,
  ]);
  return `${waiting.length} wait for ${name}:\n${table(rows)}`;
}
