import { bodyOf } from '@registrar/contracts-http';
import { seedApi } from '../seed/api-client.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import { costOf, makeCourses } from '../registration/judged-way.ts';
import type { JudgedParts } from '../registration/judged-way.ts';
import type { SectionCost } from './sections-result.ts';

const semesterId = 'bench-current';
const keptSeats = 20;

/**
 * CPU of our apps for a seat in a course without links and reservations, and in one with both: seats that are kept for
 * others, and a lecture that has named it once, for which every commit of it looks. The same students take turns, each on a
 * course of its own, so that both have their share of slow minutes. The first turn warms up.
 */
export async function sectionCost(parts: JudgedParts, turns: number): Promise<SectionCost> {
  const { bench, users, say, way } = parts;
  const half = Math.floor(users.length / 2);
  say('CPU for a seat in courses with and without reserved seats and links');
  const plain = await makeCourses(bench, 'NOSECTION', turns + 1, { semesterId, capacity: half });
  const reservations = [{ name: 'Kept', seats: keptSeats, match: { groups: ['kept'] } }];
  const more = { semesterId, capacity: half + keptSeats, reservations };
  const sections = await makeCourses(bench, 'SECTION', turns + 1, more);
  await nameOnce(bench, sections);
  const tokens = way.tokens.slice(0, half);
  const plainMs: number[] = [];
  const sectionMs: number[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    plainMs.push(await costOf(parts, tokens, plain[turn] ?? ''));
    sectionMs.push(await costOf(parts, tokens, sections[turn] ?? ''));
  }
  return { plainMs: plainMs.slice(1), sectionMs: sectionMs.slice(1) };
}

/** A lecture names them and does so no more: the hint to it stays with their seats, and none of them needs it. */
async function nameOnce(bench: BenchSystem, courseIds: string[]): Promise<void> {
  const api = seedApi(bench.url);
  const token = bench.registrarToken();
  const [lecture = ''] = await makeCourses(bench, 'NAMES', 1, {
    semesterId,
    capacity: 1,
    linked: [{ component: 'lecture' as const, courseIds }],
  });
  bodyOf(await api.changeCourse({ token, params: { id: lecture }, ifMatch: '*', body: { linked: [] } }));
}
