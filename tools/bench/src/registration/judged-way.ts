import { setTimeout as delay } from 'node:timers/promises';
import { bodyOf } from '@registrar/contracts-http';
import pMap from 'p-map';
import type { PlannedUser } from '../dataset/dataset.ts';
import { plannedSemesters } from '../dataset/semesters.ts';
import type { Generator } from '../load/start-generator.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import type { Say } from '../phases/say.ts';
import { seedApi } from '../seed/api-client.ts';
import type { JudgedCost } from './scenario-result.ts';
import type { Way } from './way.ts';
import { rush } from './way.ts';

const semesterId = 'bench-current';
const apps = ['gateway', 'courses', 'enrollments', 'notifications'];
/** Courses that each student has completed: a student in the fourth year has so many. */
const completionsEach = 40;
/** Students of one file of completions. */
const studentsPerFile = 400;
const restSeconds = 5;

/** What the judged courses ask for: every student meets it. */
const terms = {
  prerequisites: ['PRE 100'],
  requirement: {
    any: [{ all: [{ course: 'PRE 101', minGrade: 'C' }, { credits: 30 }] }, { course: 'OTHER 1' }],
  },
  restriction: { levels: ['junior', 'senior'] },
};

/** A system with students, and what makes load. */
interface JudgedParts {
  readonly bench: BenchSystem;
  readonly generator: Generator;
  readonly say: Say;
  readonly users: readonly PlannedUser[];
  readonly way: Way;
}

/**
 * CPU of our apps for a seat in a rush, first where nothing is asked of students, then where each has a record with
 * forty completions and the course and the window ask for all that they can. Each turn is a rush of everybody on a
 * course of its own.
 */
export async function judgedCost(parts: JudgedParts, rounds: number): Promise<JudgedCost> {
  const { bench, users, say, way } = parts;
  const plain = await makeCourses(bench, 'PLAIN', rounds + 1, way.tokens.length, {});
  // The first one warms up.
  await costs(parts, plain.slice(0, 1));
  const plainMs = await costs(parts, plain.slice(1));
  say(`the same with ${completionsEach} completions for each student, tickets and requirements`);
  await writeRecords(bench, users);
  await openByTickets(bench);
  const judged = await makeCourses(bench, 'JUDGED', rounds + 1, way.tokens.length, terms);
  await costs(parts, judged.slice(0, 1));
  const judgedMs = await costs(parts, judged.slice(1));
  return { completions: completionsEach, plainMs, judgedMs };
}

async function costs(
  { bench, way, generator }: JudgedParts,
  courseIds: readonly string[],
): Promise<number[]> {
  const found: number[] = [];
  for (const courseId of courseIds) {
    await bench.untilIdle();
    const atRest = appSeconds(bench);
    await delay(restSeconds * 1_000);
    const before = appSeconds(bench);
    const startedAt = performance.now();
    const { enrolled } = await rush(way, courseId, generator);
    await bench.untilIdle();
    const seconds = (performance.now() - startedAt) / 1_000;
    const idle = ((before - atRest) / restSeconds) * seconds;
    found.push(((appSeconds(bench) - before - idle) * 1_000) / Math.max(1, enrolled));
  }
  return found;
}

function appSeconds(bench: BenchSystem): number {
  const used = bench.cpu();
  return apps.reduce((sum, app) => sum + (used[app] ?? 0), 0);
}

function makeCourses(bench: BenchSystem, name: string, count: number, capacity: number, asked: object) {
  const api = seedApi(bench.url);
  const token = bench.registrarToken();
  const codes = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
  return pMap(
    codes,
    async (code) => {
      const course = { semesterId, departmentId: 'RUSH', code, title: code, credits: 0.25, capacity };
      const body = { ...course, ...asked };
      return bodyOf(await api.createCourse({ token, key: `load-${code}`, body })).id;
    },
    { concurrency: 4 },
  );
}

async function writeRecords(bench: BenchSystem, users: readonly PlannedUser[]): Promise<void> {
  const api = seedApi(bench.url);
  const token = bench.registrarToken();
  const records = users.map(
    ({ email }, at) => `${email},CS|MATH,${at % 2 ? 'junior' : 'senior'},honors|band`,
  );
  const body = ['email,programs,level,groups', ...records].join('\n');
  bodyOf(await api.importStudents({ token, key: 'records', query: {}, body }));
  for (let at = 0; at < users.length; at += studentsPerFile) {
    const lines = users.slice(at, at + studentsPerFile).flatMap(({ email }) =>
      Array.from({ length: completionsEach }, (_, course) => {
        return `${email},PRE ${100 + course},3,${'ABC'[course % 3] ?? 'A'},2025-12-15`;
      }),
    );
    const file = ['email,code,credits,grade,completedOn', ...lines].join('\n');
    bodyOf(await api.importCompletions({ token, key: `completions-${at}`, query: {}, body: file }));
  }
}

/** Five tickets, of which two match each student. */
async function openByTickets(bench: BenchSystem): Promise<void> {
  const semester = plannedSemesters(new Date()).find(({ id }) => id === semesterId);
  if (!semester) throw new Error('There is no current semester.');
  const { id, body } = semester;
  const opensAt = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const tickets = [
    { name: 'Honors', match: { groups: ['honors'], minCredits: 60 }, opensAt: opensAt(4) },
    { name: 'Seniors', match: { levels: ['senior'] }, opensAt: opensAt(3) },
    { name: 'Juniors', match: { levels: ['junior'] }, opensAt: opensAt(2) },
    { name: 'Athletes', match: { groups: ['athletes'] }, opensAt: opensAt(2) },
    { name: 'Visitors', match: { levels: ['visitor'], programs: ['EXCHANGE'] }, opensAt: opensAt(-1) },
  ];
  const token = bench.registrarToken();
  bodyOf(await seedApi(bench.url).putSemester({ token, params: { id }, body: { ...body, tickets } }));
}
