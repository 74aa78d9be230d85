import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { courseRoutes } from '@registrar/contracts-courses';
import type { Course } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { itemsOf, requestOf } from '@registrar/contracts-http';
import { UsageFault, exitCodes } from '../faults.ts';
import { Progress } from '../terminal.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** Rosters that are fetched at a time: below what one person may ask for in a second. */
const atATime = 4;
const timeoutMs = 60_000;

/**
 * Writes the roster of each course of a semester as a CSV file into a folder. A file is there whole or not at all;
 * one of an earlier export is replaced.
 */
export async function exportRosters(
  context: CommandContext,
  semesterId: string,
  out: string,
): Promise<number> {
  const courses = await Array.fromAsync(
    itemsOf(async (paging) => {
      const query = { semesterId, ...paging };
      return (await context.api.call(courseRoutes.listCourses, { query })).body;
    }),
  );
  if (courses.length === 0)
    throw new UsageFault(`${semesterId} has no courses, or there is no such semester.`);
  await mkdir(out, { recursive: true });
  const progress = new Progress(context.terminal, 'rosters', courses.length);
  const waiting = [...courses];
  const worker = async () => {
    for (let course = waiting.shift(); course; course = waiting.shift()) {
      await writeRoster(context, course, join(out, fileOf(course)));
      progress.step(`${course.code}-${course.section}`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  const files = courses.map((course) => ({
    courseId: course.id,
    code: course.code,
    section: course.section,
    file: join(out, fileOf(course)),
  }));
  tell(context, { semesterId, files }, `${files.length} rosters of ${semesterId} are in ${out}.`);
  return exitCodes.done;
}

/** The name of a course's file: readable, and of no other course. */
export function fileOf({ code, section, id }: Pick<Course, 'code' | 'section' | 'id'>): string {
  return `${`${code}-${section}-${id}`.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^\.+/, '_')}.csv`;
}

async function writeRoster({ api }: CommandContext, { id }: Course, file: string): Promise<void> {
  const part = `${file}.part`;
  const headers = { accept: 'text/csv' };
  const request = requestOf(enrollmentRoutes.getRoster, { params: { id }, headers });
  const read = ({ body }: Response) =>
    pipeline(body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]), createWriteStream(part));
  try {
    await api.use(request, read, timeoutMs);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
