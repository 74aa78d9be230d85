import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { RelevanceIndex, matchOf } from './relevance.rules.ts';
import { wordsOf } from './search.rules.ts';

const courses = [
  courseState({ code: 'ART 100', title: 'Colour', description: 'The biology of seeing.' }),
  courseState({ code: 'ART 200', title: 'Drawing', description: 'Of biological forms.' }),
  courseState({ code: 'BIO 100', title: 'Biological Systems', description: '' }),
  courseState({ code: 'BIO 200', title: 'Marine Biology', description: 'Cells and fish.' }),
  courseState({ code: 'CHM 100', title: 'Cells', description: 'Chemistry.' }),
];

const order = (q: string) =>
  [...new RelevanceIndex(courses).rank(wordsOf(q))].sort((a, b) => a[1] - b[1]).map(([{ code }]) => code);

describe('relevance', () => {
  it.each([
    ['biology', ['BIO 200', 'ART 100']],
    ['biolog', ['BIO 100', 'BIO 200', 'ART 100', 'ART 200']],
    ['bilogy', ['BIO 200', 'ART 100']],
    ['cells', ['CHM 100', 'BIO 200']],
    ['bio 200', ['BIO 200', 'ART 200']],
    ['bio200', ['BIO 200']],
    ['biology cells', ['BIO 200']],
    ['biolgy cels', []],
    ['biology history', []],
    ['', []],
  ])('of "%s": %j', (q, expected) => expect(order(q)).toEqual(expected));

  it('puts one word in a title before many beginnings, and these before one in a description', () => {
    const words = ['aa', 'bb', 'cc'];
    const index = new RelevanceIndex([
      courseState({ id: '1', title: 'AA BB', description: 'cc' }),
      courseState({ id: '2', title: 'AAx BBx CCx' }),
      courseState({ id: '3', title: 'AA BB CC' }),
    ]);
    const ranks = [...index.rank(words)].sort((a, b) => a[1] - b[1]);
    expect(ranks.map(([{ id }]) => id)).toEqual(['3', '2', '1']);
  });

  it('takes the better of two places of a word', () => {
    const index = new RelevanceIndex([courseState({ title: 'Cells', description: 'Cells' })]);
    expect([...index.rank(['cells']).values()]).toEqual([0]);
  });
});

describe('a word that is looked for', () => {
  it.each([
    ['music', 'music', 'whole'],
    ['mus', 'music', 'beginning'],
    ['musc', 'music', undefined],
    ['musix', 'music', 'typo'],
    ['musci', 'music', 'typo'],
    ['umsic', 'music', 'typo'],
    ['musiic', 'music', 'typo'],
    ['musics', 'music', 'typo'],
    ['usicx', 'music', undefined],
    ['physcis', 'physics', 'typo'],
    ['hpysisc', 'physics', undefined],
    ['pysics', 'physics', 'typo'],
    ['pysic', 'physics', undefined],
    ['abcde', 'badce', undefined],
  ])('%s, in a text with %s: %s', (word, text, expected) => expect(matchOf(word, text)).toBe(expected));
});
