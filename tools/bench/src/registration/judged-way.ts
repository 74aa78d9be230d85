import { setTimeout as delay } from 'node:timers/promises';
import type { NewCourse } from '@registrar/contracts-courses';
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
/** As the other one, but opened by tickets. */
const judgedSemesterId = 'bench-judged';
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
export interface JudgedParts {
  readonly bench: BenchSystem;
  readonly generator: Generator;
  readonly say: Say;
  readonly users: readonly PlannedUser[];
  readonly way: Way;
}

/**
 * CPU of our apps for a seat in a rush of one half of the students, of whom nothing is asked, and of the other half,
 * each with a record of forty completions, for a course and a window that ask for all that they can. They take turns,
 * each on a course of its own, so that both have their share of slow minutes. The first turn warms up.
 */
export async function judgedCost(parts: JudgedParts, turns: number): Promise<JudgedCost> {
  const { bench, users, say, way } = parts;
  const half = Math.floor(users.length / 2);
  say(`the same for a half of them, with ${completionsEach} completions, tickets and requirements`);
  await writeRecords(bench, users.slice(half));
  await openByTickets(bench);
  const plain = await makeCourses(bench, 'PLAIN', turns + 1, { semesterId, capacity: half });
  const judged = await makeCourses(bench, 'JUDGED', turns + 1, {
    semesterId: judgedSemesterId,
    capacity: users.length - half,
    ...terms,
  });
  const plainMs: number[] = [];
  const judgedMs: number[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    plainMs.push(await costOf(parts, way.tokens.slice(0, half), plain[turn] ?? ''));
    judgedMs.push(await costOf(parts, way.tokens.slice(half), judged[turn] ?? ''));
  }
  return { completions: completionsEach, plainMs: plainMs.slice(1), judgedMs: judgedMs.slice(1) };
}

/** CPU of our apps for a seat in one rush with all that follows, ms. */
export async function costOf(
  { bench, way, generator }: JudgedParts,
  tokens: readonly string[],
  courseId: string,
): Promise<number> {
  await bench.untilIdle();
  const atRest = appSeconds(bench);
  await delay(restSeconds * 1_000);
  const before = appSeconds(bench);
  const startedAt = performance.now();
  const { enrolled } = await rush({ ...way, tokens }, courseId, generator);
  await bench.untilIdle();
  const seconds = (performance.now() - startedAt) / 1_000;
  const idle = ((before - atRest) / restSeconds) * seconds;
  return ((appSeconds(bench) - before - idle) * 1_000) / Math.max(1, enrolled);
}

function appSeconds(bench: BenchSystem): number {
  const used = bench.cpu();
  return apps.reduce((sum, app) => sum + (used[app] ?? 0), 0);
}

/** Makes so many courses with what is given; resolves with their ids. */
export function makeCourses(
  bench: BenchSystem,
  name: string,
  count: number,
  more: Pick<NewCourse, 'semesterId' | 'capacity'> & Partial<NewCourse>,
): Promise<string[]> {
  const api = seedApi(bench.url);
  const token = bench.registrarToken();
  const codes = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
  return pMap(
    codes,
    async (code) => {
      const body = { departmentId: 'RUSH', code, title: code, credits: 0.25, ...more };
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

/** A semester with five tickets, of which two match a student. */
async function openByTickets(bench: BenchSystem): Promise<void> {
  const semester = plannedSemesters(new Date()).find(({ id }) => id === semesterId);
  if (!semester) throw new Error('There is no current semester.');
  const opensAt = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const tickets = [
    { name: 'Honors', match: { groups: ['honors'], minCredits: 60 }, opensAt: opensAt(4) },
    { name: 'Seniors', match: { levels: ['senior'] }, opensAt: opensAt(3) },
    { name: 'Juniors', match: { levels: ['junior'] }, opensAt: opensAt(2) },
    { name: 'Athletes', match: { groups: ['athletes'] }, opensAt: opensAt(2) },
    { name: 'Visitors', match: { levels: ['visitor'], programs: ['EXCHANGE'] }, opensAt: opensAt(-1) },
  ];
  const token = bench.registrarToken();
  const body = { ...semester.body, current: false, tickets };
  bodyOf(await seedApi(bench.url).putSemester({ token, params: { id: judgedSemesterId }, body }));
}
