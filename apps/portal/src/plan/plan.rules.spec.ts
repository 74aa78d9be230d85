import { describe, expect, it } from 'vitest';
import type { Meeting } from '@registrar/contracts-courses';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { PlanEntry } from './plan.rules.ts';
import {
  cartItemsOf,
  chosenOf,
  judgedBy,
  most,
  overlapsAmong,
  sectionOf,
  withCourse,
  withLinked,
  withoutChoice,
} from './plan.rules.ts';

const choice = (...ids: string[]) => ({ courses: ids.map((courseId) => ({ courseId })) });
const entry = (...ids: string[]): PlanEntry => ({
  choices: ids.map((id) => choice(id)),
  joinWaitlist: false,
});
/** "cs1" is a section of "cs". */
const codeOf = (id: string) => id.replace(/\d+$/, '');
const partOf = (id: string) => ({
  code: codeOf(id),
  component: id.startsWith('lab') ? ('lab' as const) : ('lecture' as const),
  topic: null,
});
const add = (entries: readonly PlanEntry[], id: string) =>
  withCourse(entries, { id, ...partOf(id) }, choice(id), partOf);
const shape = (entries: readonly PlanEntry[] | undefined) =>
  entries?.map(({ choices }) => choices.map(sectionOf));

describe('a course that is added to a plan', () => {
  it('is an entry of its own, or a further choice beside another section of its code', () => {
    expect(shape(add([entry('cs1')], 'math1'))).toEqual([['cs1'], ['math1']]);
    expect(shape(add([entry('cs1'), entry('math1')], 'cs2'))).toEqual([['cs1', 'cs2'], ['math1']]);
  });

  it('is no choice beside a section of another component or topic', () => {
    const parts = { a: { topic: 'Jazz' }, b: { topic: 'Opera' }, l: { component: 'lab' as const } };
    const of = (id: string) => ({
      code: 'MUS 1',
      component: 'lecture' as const,
      topic: null,
      ...parts[id as keyof typeof parts],
    });
    const adding = (id: string) => withCourse([entry('a')], { id, ...of(id) }, choice(id), of);
    expect(['b', 'l'].map((id) => shape(adding(id)))).toEqual([
      [['a'], ['b']],
      [['a'], ['l']],
    ]);
  });

  it('is planned once, and only where there is room', () => {
    expect(add([entry('cs1')], 'cs1')).toBeUndefined();
    expect(add([{ ...entry(), choices: [choice('cs1', 'lab1')] }], 'lab1')).toBeUndefined();
    expect(add([entry('cs1', 'cs2', 'cs3', 'cs4', 'cs5')], 'cs6')).toBeUndefined();
    const full = Array.from({ length: most.entries }, (_, at) => entry(`${'abcdefghijkl'[at]}1`));
    expect(add(full, 'math1')).toBeUndefined();
  });
});

it('an entry goes with its last choice', () => {
  expect(shape(withoutChoice([entry('cs1', 'cs2'), entry('math1')], 0, 0))).toEqual([['cs2'], ['math1']]);
  expect(shape(withoutChoice([entry('cs1'), entry('math1')], 0, 0))).toEqual([['math1']]);
});

it('linked sections stand behind the section of their choice, which keeps its credits', () => {
  const before: PlanEntry = { choices: [{ courses: [{ courseId: 'cs1', credits: 2 }] }], joinWaitlist: true };
  const [after] = withLinked([before, entry('math1')], { entry: 0, choice: 0 }, ['lab1']);
  expect(after?.choices[0]?.courses).toEqual([{ courseId: 'cs1', credits: 2 }, { courseId: 'lab1' }]);
  expect(after && cartItemsOf([after], [])).toEqual([
    { courseId: 'cs1', linked: ['lab1'], credits: 2, joinWaitlist: true },
  ]);
});

it('the first choice that is possible counts, the first at all while that is not known', () => {
  const entries = [entry('cs1', 'cs2'), entry('math1')];
  expect(chosenOf(entries, []).map(sectionOf)).toEqual(['cs1', 'math1']);
  const judged = { chosen: 1, choices: [{ problems: [] }, { problems: [] }] };
  const check = { opensAt: '2026-08-01T12:00:00.000Z', entries: [judged, { chosen: null, choices: [] }] };
  expect(chosenOf(entries, judgedBy(entries, entries, check)).map(sectionOf)).toEqual(['cs2', 'math1']);
});

it('what is known of an entry stays with it while the plan is edited', () => {
  const earlier = [entry('cs1', 'cs2'), entry('math1')];
  const full = { courseId: 'cs1', code: 'seat_unavailable', detail: 'Full.' };
  const check = {
    opensAt: '2026-08-01T12:00:00.000Z',
    entries: [
      { chosen: 1, choices: [{ problems: [full] }, { problems: [] }] },
      { chosen: null, choices: [{ problems: [full] }] },
    ],
  };
  const judge = (...entries: PlanEntry[]) => judgedBy(entries, earlier, check);
  expect(judge(entry('math1'), entry('cs2', 'cs1'))).toEqual([
    { chosen: null, problems: [[full]] },
    { chosen: 0, problems: [[], [full]] },
  ]);
  // The choice that was chosen is gone, and nothing is known of a new entry.
  expect(judge(entry('cs1'), entry('art1'))).toEqual([
    { chosen: undefined, problems: [[full]] },
    { chosen: undefined, problems: [[]] },
  ]);
  expect(judgedBy([entry('cs1')], earlier, undefined)).toEqual([{ chosen: undefined, problems: [[]] }]);
});

describe('times at which two courses meet at once', () => {
  const at = (day: Meeting['day'], start: string, end: string): Meeting => ({ day, start, end, room: '' });
  const course = (id: string, ...meetings: Meeting[]) => ({ id, meetings }) as unknown as Course;

  it('are said to the minute', () => {
    const one = course('a', at('mon', '09:00', '10:30'), at('wed', '09:00', '10:30'));
    const other = course('b', at('wed', '10:05', '11:00'));
    expect(overlapsAmong([one, other, course('c', at('wed', '11:00', '12:00'))])).toEqual([
      { others: [one, other], day: 'wed', start: '10:05', end: '10:30' },
    ]);
  });
});
