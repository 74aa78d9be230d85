import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { isListed, levelOf, namesWith } from './filter.rules.ts';

const meetings = [
  { day: 'mon', start: '09:00', end: '10:30', room: 'A' },
  { day: 'thu', start: '14:00', end: '15:00', room: 'B' },
] as const;

describe('the filters of a list', () => {
  it.each<[Parameters<typeof isListed>[1], boolean]>([
    [{}, true],
    [{ level: '1' }, true],
    [{ level: '2' }, false],
    [{ day: 'thu' }, true],
    [{ day: 'tue' }, false],
    [{ from: '09:00' }, true],
    [{ from: '09:01' }, false],
    [{ to: '15:00' }, true],
    [{ to: '14:59' }, false],
    [{ from: '08:00', to: '18:00', day: 'mon' }, true],
    [{ from: '12:00', to: '18:00', day: 'thu' }, false],
    [{ credits: 1.5 }, true],
    [{ credits: 3 }, false],
    [{ component: 'lab' }, true],
    [{ component: 'lecture' }, false],
    [{ level: '1', day: 'mon', from: '09:00', to: '15:00', credits: 1.5, status: 'open' }, true],
    [{ level: '1', day: 'mon', from: '09:00', to: '15:00', credits: 2, status: 'open' }, false],
  ])('of a course with meetings, %j: %s', (filter, expected) => {
    const course = courseState({ code: 'CS 101', component: 'lab', credits: 1.5, meetings: [...meetings] });
    expect(isListed(course, filter)).toBe(expected);
  });

  it.each<[Parameters<typeof isListed>[1], boolean]>([
    [{}, true],
    [{ from: '00:00' }, false],
    [{ to: '23:59' }, false],
    [{ day: 'mon' }, false],
  ])('of a course without meetings, %j: %s', (filter, expected) => {
    expect(isListed(courseState(), filter)).toBe(expected);
  });
});

describe('the level of a code', () => {
  it.each([
    ['CS 101', '1'],
    ['CS-1010', '1'],
    ['M&E 410', '4'],
    ['BIO090', '0'],
    ['A1-200', '1'],
    ['SEMINAR', undefined],
  ])('%s: %s', (code, level) => expect(levelOf(code)).toBe(level));
});

describe('names', () => {
  it.each([
    ['ann', 'Joanna Müller', true],
    ['MULLER', 'Joanna Müller', true],
    ['a mü', 'Joanna Müller', true],
    [' müller ', 'Joanna Müller', true],
    ['miller', 'Joanna Müller', false],
    ['strasse', 'Straße', true],
    ['a', null, false],
  ])('by "%s": %s %s', (part, name, expected) => {
    const isNamed = namesWith(part);
    expect([isNamed(name), isNamed(name)]).toEqual([expected, expected]);
  });
});
