import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GradeScale } from './grade-scale.ts';
import { earnedCredits, missingOf, passedCourses, wholeRequirement } from './requirement.rules.ts';
import type { Attempt, CourseHistory, Requirement } from './requirement.rules.ts';
import { requirementTrees } from './testing/requirement-trees.ts';

const scale = new GradeScale();

/** Grades by code, several for several attempts; `concurrent` are this semester's. */
function historyOf(
  grades: Readonly<Record<string, string | null | (string | null)[]>>,
  concurrent: string[] = [],
  credits = 4,
): CourseHistory {
  const attempts = Object.entries(grades).flatMap(([code, each]) =>
    [each].flat().map((grade): Attempt => ({ code, credits, grade })),
  );
  return { passed: passedCourses(attempts, scale), concurrent: new Set(concurrent), scale };
}

const course = (code: string): Requirement => ({ course: code });
const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((letter) => course(`${letter} 1`)) as [
  Requirement,
  Requirement,
  Requirement,
  Requirement,
];

describe('what has been passed', () => {
  it('counts each code once, whatever its case, with the most credits of an attempt that passed', () => {
    const passed = passedCourses(
      [
        { code: 'math 1', credits: 3, grade: 'C' },
        { code: 'MATH 1', credits: 4, grade: 'B' },
        { code: 'MATH 1', credits: 5, grade: 'F' },
        { code: 'MATH 2', credits: 4, grade: 'F' },
        { code: 'PLACEMENT M', credits: 0, grade: 'P' },
        { code: 'CSCI 1', credits: 1.25, grade: null },
      ],
      scale,
    );
    expect([...passed]).toEqual([
      ['MATH 1', { credits: 4, grades: ['C', 'B'] }],
      ['PLACEMENT M', { credits: 0, grades: ['P'] }],
      ['CSCI 1', { credits: 1.25, grades: [null] }],
    ]);
    expect(earnedCredits(passed)).toBe(5.25);
    expect(earnedCredits(new Map())).toBe(0);
  });
});

describe('a course as a requirement', () => {
  const graded: Requirement = { course: 'MATH 1', minGrade: 'C' };
  const concurrent: Requirement = { course: 'MATH 1', concurrent: true };
  const both: Requirement = { course: 'MATH 1', minGrade: 'C', concurrent: true };
  it.each<[string, Requirement, CourseHistory, boolean]>([
    ['passed', { course: 'MATH 1' }, historyOf({ 'MATH 1': 'D-' }), true],
    ['passed, written in another case', { course: 'Math 1' }, historyOf({ 'mATH 1': 'A' }), true],
    ['failed', { course: 'MATH 1' }, historyOf({ 'MATH 1': 'F' }), false],
    ['never taken', { course: 'MATH 1' }, historyOf({ 'MATH 10': 'A' }), false],
    ['passed without a grade', { course: 'MATH 1' }, historyOf({ 'MATH 1': null }), true],
    ['passed by a mark', { course: 'MATH 1' }, historyOf({ 'MATH 1': '50' }), true],
    ['taken this semester', { course: 'MATH 1' }, historyOf({}, ['MATH 1']), false],
    ['good enough', graded, historyOf({ 'MATH 1': 'C' }), true],
    ['not good enough', graded, historyOf({ 'MATH 1': 'C-' }), false],
    ['good enough once, in the first of two attempts', graded, historyOf({ 'MATH 1': ['B', 'D'] }), true],
    ['good enough once, in the last of two attempts', graded, historyOf({ 'MATH 1': ['F', 'B'] }), true],
    ['passed without a rank', graded, historyOf({ 'MATH 1': 'P' }), false],
    ['passed without a grade, where one is asked for', graded, historyOf({ 'MATH 1': null }), false],
    ['good enough by a mark, where a letter is asked for', graded, historyOf({ 'MATH 1': '99' }), false],
    [
      'a least grade that does not pass',
      { course: 'MATH 1', minGrade: 'F' },
      historyOf({ 'MATH 1': 'F' }),
      false,
    ],
    ['taken in the same semester', concurrent, historyOf({}, ['MATH 1']), true],
    ['passed before', concurrent, historyOf({ 'MATH 1': 'D' }), true],
    ['neither passed nor taken', concurrent, historyOf({ 'MATH 1': 'F' }, ['MATH 2']), false],
    ['taken in the same semester, its grade unknown', both, historyOf({}, ['MATH 1']), true],
    ['passed before, not good enough', both, historyOf({ 'MATH 1': 'D' }), false],
    ['passed before, not good enough, and repeated', both, historyOf({ 'MATH 1': 'D' }, ['MATH 1']), true],
  ])('that is %s', (_name, requirement, history, isMet) => {
    expect(missingOf(requirement, history)).toEqual(isMet ? undefined : requirement);
  });
});

describe('credits and counts as requirements', () => {
  const history = historyOf({
    'MATH 210': ['A', 'B'],
    'math 310': 'C',
    'MATHS 1': 'B',
    'CSCI 1': 'F',
    'BIO-1': 'P',
  });
  it.each<[Requirement, boolean]>([
    [{ credits: 16 }, true],
    [{ credits: 16.25 }, false],
    [{ credits: 8, of: ['MATH *'] }, true],
    [{ credits: 8.25, of: ['MATH *'] }, false],
    [{ credits: 12, of: ['MATH*'] }, true],
    [{ credits: 8, of: ['MATH 210', 'BIO-1'] }, true],
    [{ credits: 4, of: ['MATH 210', 'MATH 2*', 'math 210'] }, true],
    [{ credits: 5, of: ['MATH 210', 'MATH 2*', 'math 210'] }, false],
    [{ credits: 16, of: ['*'] }, true],
    [{ credits: 0.25, of: ['CSCI *'] }, false],
    [{ count: 2, of: ['MATH *'] }, true],
    [{ count: 3, of: ['MATH *'] }, false],
    [{ count: 1, of: ['MATH 2*'] }, true],
    [{ count: 2, of: ['MATH 2*', 'MATH 210'] }, false],
    [{ count: 2, of: ['math 2*', 'bio-*'] }, true],
    [{ count: 4, of: ['*'] }, true],
    [{ count: 5, of: ['*'] }, false],
    [{ count: 1, of: ['MATH 21'] }, false],
    [{ count: 1, of: ['ATH*'] }, false],
    [{ count: 1, of: ['CSCI 1'] }, false],
  ])('%j are met: %s', (requirement, isMet) => {
    expect(missingOf(requirement, history)).toEqual(isMet ? undefined : requirement);
  });

  it('count no course of the same semester', () => {
    const now = historyOf({}, ['MATH 1']);
    expect(missingOf({ count: 1, of: ['MATH *'] }, now)).toBeDefined();
    expect(missingOf({ credits: 1, of: ['MATH *'] }, now)).toBeDefined();
  });
});

describe('what is missing', () => {
  it.each<[string, Requirement, string[], Requirement | undefined]>([
    ['nothing of an all that is met', { all: [a, b] }, ['A 1', 'B 1'], undefined],
    ['the unmet children of an all', { all: [a, b, c] }, ['B 1'], { all: [a, c] }],
    ['the one child that is left of an all', { all: [a, b] }, ['A 1'], b],
    ['nothing of an any of which one is met', { any: [a, b] }, ['B 1'], undefined],
    ['all alternatives of an any', { any: [a, b] }, [], { any: [a, b] }],
    ['the child of a node that has one', { any: [{ all: [{ any: [a] }] }] }, [], a],
    [
      'alternatives, each cut the same way',
      { any: [{ all: [a, b] }, { all: [c, d] }] },
      ['A 1', 'C 1'],
      { any: [b, d] },
    ],
    [
      'an alternative of which nothing is met, whole',
      { any: [{ all: [a, b] }, c] },
      [],
      { any: [{ all: [a, b] }, c] },
    ],
    [
      'the unmet any of an all, without the met one',
      { all: [{ any: [a, b] }, { any: [c, d] }] },
      ['A 1'],
      { any: [c, d] },
    ],
    [
      'an inner all, not merged with the outer one',
      { all: [a, { all: [b, c] }] },
      [],
      { all: [a, { all: [b, c] }] },
    ],
    [
      'what is deep inside',
      { any: [{ all: [a, { any: [b, { all: [c, d] }] }] }, { count: 2, of: ['X *'] }] },
      ['A 1', 'D 1'],
      { any: [{ any: [b, c] }, { count: 2, of: ['X *'] }] },
    ],
  ])('is %s', (_name, requirement, passed, missing) => {
    const history = historyOf(Object.fromEntries(passed.map((code) => [code, 'A'])));
    expect(missingOf(requirement, history)).toEqual(missing);
  });

  it('is undefined exactly where the requirement is met, and is itself unmet and its own missing part', () => {
    const codes = fc.subarray(['A 1', 'A 2', 'B 1', 'B 2', 'C 1']);
    fc.assert(
      fc.property(requirementTrees, codes, codes, (tree, passed, concurrent) => {
        const history = historyOf(Object.fromEntries(passed.map((code) => [code, 'B'])), concurrent);
        const missing = missingOf(tree, history);
        expect(missing === undefined).toBe(isMet(tree, history));
        if (missing) expect(missingOf(missing, history)).toEqual(missing);
      }),
    );
  });
});

/** The meaning of a tree, without any cutting. */
function isMet(tree: Requirement, history: CourseHistory): boolean {
  if ('all' in tree) return tree.all.every((child) => isMet(child, history));
  if ('any' in tree) return tree.any.some((child) => isMet(child, history));
  return missingOf(tree, history) === undefined;
}

describe('prerequisites and a requirement', () => {
  it.each<[string[], Requirement | null | undefined, Requirement | undefined]>([
    [[], null, undefined],
    [[], undefined, undefined],
    [['A 1'], null, { all: [a] }],
    [[], { any: [a, b] }, { all: [{ any: [a, b] }] }],
    [['A 1', 'B 1'], { any: [c, d] }, { all: [a, b, { any: [c, d] }] }],
  ])('%j and %j count as one all', (prerequisites, requirement, whole) => {
    expect(wholeRequirement(prerequisites, requirement)).toEqual(whole);
  });

  it('are cut as one', () => {
    const whole = wholeRequirement(['A 1', 'B 1'], { any: [c, d] });
    expect(whole && missingOf(whole, historyOf({ 'A 1': 'A', 'B 1': 'B' }))).toEqual({ any: [c, d] });
    expect(whole && missingOf(whole, historyOf({ 'A 1': 'A', 'C 1': 'B' }))).toEqual(b);
  });
});
