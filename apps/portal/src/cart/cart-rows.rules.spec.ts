import { expect, it } from 'vitest';
import { rowsOf } from './cart-rows.rules.ts';
import type { Outcome } from './outcomes.rules.ts';

const item = (courseId: string) => ({ courseId, linked: [], joinWaitlist: false });
const outcome = (courseId: string, of: 'enrolled' | 'refused'): [string, Outcome] => [
  courseId,
  {
    kind: 'result',
    result: { action: 'add', courseId, enrollmentId: null, outcome: of, enrollment: null, problems: [] },
  },
];
const ids = (...args: Parameters<typeof rowsOf>) => rowsOf(...args).map(({ courseId }) => courseId);

it('what got a place stays where it stood, with its outcome', () => {
  const sent = [item('a'), item('b'), item('c')];
  const outcomes = new Map([outcome('a', 'enrolled'), outcome('b', 'refused'), outcome('c', 'enrolled')]);
  expect(ids([item('b')], sent, outcomes)).toEqual(['a', 'b', 'c']);
  expect(ids([item('b'), item('new')], sent, outcomes)).toEqual(['a', 'b', 'c', 'new']);
});

it('what was removed without a place is gone', () => {
  expect(ids([], [item('b')], new Map([outcome('b', 'refused')]))).toEqual([]);
  expect(ids([], [item('b')], new Map())).toEqual([]);
});
