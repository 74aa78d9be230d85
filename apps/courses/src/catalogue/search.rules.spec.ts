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

  it.each([
    ['Café Culture', 'cafe', true],
    ['Cafe Culture', 'CAFÉ', true],
    ['Cafe\u0301 Culture', 'café', true],
    ['The City of Zürich', 'zurich', true],
    ['Zurich', 'zürich', true],
    ['Straße und Platz', 'strasse', true],
    ['Kierkegaard og Søren', 'soren', true],
    ['Łódź', 'lodz', true],
    ['İstanbul', 'istanbul', true],
    ['ΠΛΆΤΩΝ', 'πλατων', true],
    ['Ｆｕｌｌ width', 'full', true],
    ['日本語 がくせい', 'がくせい', true],
    ['日本語 がくせい', 'かくせい', false],
    ['हिन्दी साहित्य', 'हिन्दी', true],
    ['한국어 문학', '한국어', true],
  ])('of "%s" by "%s": %s', (title, q, expected) => {
    expect(hasWords(searchTextOf(courseState({ title })), wordsOf(q))).toBe(expected);
  });

  it.each(['M&E 101', 'm&e', 'm & e 101', 'ME101', 'me 101', '101', 'M/E'])('"%s" finds M&E 101', (q) =>
    expect(hasWords(searchTextOf(courseState({ code: 'M&E 101' })), wordsOf(q))).toBe(true),
  );

  it('are taken once each, without marks', () => {
    expect(wordsOf('  Data, data & STRUCTURES ')).toEqual(['data', 'structures']);
  });
});
