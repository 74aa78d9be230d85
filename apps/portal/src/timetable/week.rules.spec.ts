import { describe, expect, it } from 'vitest';
import type { Block } from './week.rules.ts';
import { layOutWeek } from './week.rules.ts';

const block = (code: string, day: Block['day'], start: string, end: string): Block => ({
  courseId: `crs_${code}`,
  code,
  title: code,
  room: 'A 1',
  standing: 'enrolled',
  day,
  start,
  end,
});

const columnsOf = (...blocks: readonly Block[]) =>
  layOutWeek(blocks).days.flatMap((one) =>
    one.blocks.map(({ code, column, columns }) => `${code} ${column}/${columns}`),
  );

describe('the week as it is drawn', () => {
  it('has only the days and full hours that are needed, Monday first', () => {
    const week = layOutWeek([block('B', 'fri', '13:15', '14:05'), block('A', 'tue', '08:30', '09:20')]);
    expect(week.days.map(({ day }) => day)).toEqual(['tue', 'fri']);
    expect([week.fromHour, week.toHour]).toEqual([8, 15]);
  });

  it('has room for what may come', () => {
    const week = layOutWeek(
      [block('A', 'tue', '09:00', '10:00')],
      [{ day: 'mon', start: '07:30', end: '12:10', room: '' }],
    );
    expect(week.days.map(({ day, blocks }) => [day, blocks.length])).toEqual([
      ['mon', 0],
      ['tue', 1],
    ]);
    expect([week.fromHour, week.toHour]).toEqual([7, 13]);
  });

  it.each([
    ['one alone', [block('A', 'mon', '09:00', '10:00')], ['A 0/1']],
    [
      'touching',
      [block('A', 'mon', '09:00', '10:00'), block('B', 'mon', '10:00', '11:00')],
      ['A 0/1', 'B 0/1'],
    ],
    [
      'overlapping',
      [block('A', 'mon', '09:00', '10:00'), block('B', 'mon', '09:59', '11:00')],
      ['A 0/2', 'B 1/2'],
    ],
    [
      'at once',
      [block('A', 'mon', '09:00', '10:00'), block('B', 'mon', '09:00', '10:00')],
      ['A 0/2', 'B 1/2'],
    ],
    [
      'a chain that shares two columns',
      [
        block('A', 'mon', '09:00', '10:30'),
        block('B', 'mon', '10:00', '11:30'),
        block('C', 'mon', '11:00', '12:00'),
      ],
      ['A 0/2', 'B 1/2', 'C 0/2'],
    ],
    [
      'a long one beside two short ones, and one after all',
      [
        block('C', 'mon', '10:00', '11:00'),
        block('A', 'mon', '09:00', '12:00'),
        block('B', 'mon', '09:00', '10:00'),
        block('D', 'mon', '12:00', '13:00'),
      ],
      ['A 0/2', 'B 1/2', 'C 1/2', 'D 0/1'],
    ],
    [
      'the same time on other days',
      [block('A', 'mon', '09:00', '10:00'), block('B', 'tue', '09:00', '10:00')],
      ['A 0/1', 'B 0/1'],
    ],
  ] as const)('places %s', (_, blocks, expected) => {
    expect(columnsOf(...blocks)).toEqual(expected);
  });
});
