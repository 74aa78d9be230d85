import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { hasWords, searchTextOf, wordsOf } from './search.rules.ts';

const course = courseState({
  code: 'CS-101',
  title: 'Introduction to Programming',
  description: 'Für Anfänger: loops, functions & C++.',
});

describe('words that are looked for', () => {
  it.each([
    ['programming', true],
    ['PROGRAMMING intro', true],
    ['prog', true],
    ['cs-101', true],
    ['cs 101', true],
    ['cs101', true],
    ['101', true],
    ['anfänger', true],
    ['ANFÄNGER', true],
    ['c++', true],
    ['loops functions', true],
    ['gramming', false],
    ['programming chemistry', false],
    ['01', false],
    ['', true],
  ])('"%s" finds the course: %s', (q, expected) => {
    expect(hasWords(searchTextOf(course), wordsOf(q))).toBe(expected);
  });

  it('are taken once each, without marks', () => {
    expect(wordsOf('  Data, data & STRUCTURES ')).toEqual(['data', 'structures']);
  });
});
