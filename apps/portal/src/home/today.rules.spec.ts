import { expect, it } from 'vitest';
import type { Block } from '../timetable/week.rules.ts';
import { meetingsOn } from './today.rules.ts';

const semester = { endsOn: '2026-12-18', holidays: ['2026-11-23'] };
const block = (courseId: string, more: Partial<Block> = {}): Block => ({
  day: 'mon',
  start: '09:00',
  end: '10:00',
  room: '',
  courseId,
  code: courseId,
  title: '',
  standing: 'enrolled',
  ...more,
});
const blocks = [
  block('late', { start: '14:00' }),
  block('early'),
  block('half', { endsOn: '2026-10-16' }),
  block('exam', { startsOn: '2026-12-14', endsOn: '2026-12-14' }),
  block('tuesday', { day: 'tue' }),
];
const on = (date: string) =>
  meetingsOn(blocks, semester, { date, weekday: 'mon' }).map(({ courseId }) => courseId);

it.each([
  ['2026-09-07', ['early', 'half', 'late']],
  ['2026-11-30', ['early', 'late']],
  ['2026-12-14', ['early', 'exam', 'late']],
  ['2026-11-23', []],
  ['2026-12-21', []],
])('on %s %j meet', (date, expected) => {
  expect(on(date)).toEqual(expected);
});
