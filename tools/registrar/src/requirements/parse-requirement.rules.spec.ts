import { requirement as requirementSchema, requirementWords } from '@registrar/eligibility';
import type { Requirement } from '@registrar/eligibility';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOf } from '../testing/requirement-builders.ts';
import { parseRequirement } from './parse-requirement.rules.ts';

const codes = fc.constantFrom('MATH 210', 'MATH 215', 'CSCI 1200', 'CSE 8A', 'M&E 101', 'BIO 7');
const patterns = fc.uniqueArray(fc.oneof(codes, fc.constantFrom('MATH *', 'CSCI 4*', '*')), {
  minLength: 1,
  maxLength: 3,
});
const leaves: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record(
    {
      course: codes,
      minGrade: fc.constantFrom('A', 'B-', 'C+', '65'),
      concurrent: fc.constant(true as const),
    },
    { requiredKeys: ['course'] },
  ),
  fc.record({ credits: fc.constantFrom(1, 3.5, 30), of: patterns }, { requiredKeys: ['credits'] }),
  fc.record({ count: fc.integer({ min: 2, max: 3 }), of: patterns }),
);
const trees: fc.Arbitrary<Requirement> = fc.letrec<{ tree: Requirement }>((tie) => {
  const children = fc.array(tie('tree'), { minLength: 2, maxLength: 3 });
  return {
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaves,
      children.map((all): Requirement => ({ all })),
      children.map((any): Requirement => ({ any })),
    ),
  };
}).tree;

/** A tree without lists in lists of their kind, and without patterns that `*` makes needless. */
function flat(tree: Requirement): Requirement {
  if ('all' in tree)
    return { all: tree.all.map(flat).flatMap((child) => ('all' in child ? child.all : [child])) };
  if ('any' in tree)
    return { any: tree.any.map(flat).flatMap((child) => ('any' in child ? child.any : [child])) };
  if ('course' in tree || !tree.of?.includes('*')) return tree;
  return 'count' in tree ? { ...tree, of: ['*'] } : { credits: tree.credits };
}

/** Whether words say it at all: credits of one course and more courses than listed make no sense. */
function isSensible(tree: Requirement): boolean {
  if ('all' in tree) return tree.all.every(isSensible) && !isTwofold(tree);
  if ('any' in tree) return tree.any.every(isSensible) && !isTwofold(tree);
  if ('course' in tree || !tree.of) return true;
  const isPattern = (each: string) => each.endsWith('*');
  if ('credits' in tree) return tree.of.length > 1 || tree.of.every(isPattern);
  return tree.of.some(isPattern) || tree.of.length > tree.count;
}

/** Whether a course is in it both as concurrent and not. */
function isTwofold(tree: Requirement): boolean {
  const text = JSON.stringify(tree);
  const found = [...text.matchAll(/"course":"([^"]+)"[^{}]*?("concurrent":true)?\}/g)];
  const timings = new Map<string, boolean>();
  return found.some(([, code = '', isConcurrent]) => {
    const known = timings.get(code);
    timings.set(code, isConcurrent !== undefined);
    return known !== undefined && known !== (isConcurrent !== undefined);
  });
}

describe('the words of a requirement', () => {
  it('are read as that requirement: they have one meaning', () => {
    fc.assert(
      fc.property(trees.filter(isSensible), (tree) => {
        const { requirement } = readOf(requirementWords(tree), ' ');
        expect(requirement).toEqual(flat(tree));
      }),
      { numRuns: 500 },
    );
  });
});

const fragments = [
  ...[
    'MATH 210',
    'CSCI-1200',
    'COMP1511',
    '215',
    'MATH',
    'MATH 2*',
    '*',
    'C',
    'B-',
    '65',
    '30',
    'one',
    'two',
  ],
  ...['and', 'or', 'either', 'both', 'also', 'none', ',', ';', '.', '(', ')', '/', ':', '-', '\n', '\u200B'],
  ...['of', 'in', 'from', 'with', 'the following', 'courses', 'credits', 'beginning with', 'at least'],
  ...['Prerequisite:', 'Corequisites:', 'Prerequisites/Corequisites:', 'concurrent enrollment in'],
  ...['a grade of C or better in', '(C or better)', 'with a grade of', 'each with grades of B'],
  ...[
    '(may be taken concurrently)',
    '(*may be taken concurrently)',
    'permission of instructor',
    'equivalent',
  ],
  ...[
    'junior standing',
    'is recommended',
    'required',
    'knowledge of',
    'placement test',
    'majors',
    'GPA of 3.0',
  ],
  ...['restricted to', 'Additional credit cannot be', 'wombat', 'Ünicode', '\u0000', '𝒳', '"', '{'],
];

describe('any text', () => {
  const texts = fc.oneof(
    fc.array(fc.constantFrom(...fragments), { maxLength: 25 }).map((parts) => parts.join(' ')),
    fc.array(fc.constantFrom(...fragments), { maxLength: 25 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('is read as what a requirement can be, or refused with a part of it and a sentence', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const reading = parseRequirement(text);
        if (!reading.isRead) expect(reading.reason).toMatch(/^[A-Z"0-9].*[.)]$/);
        else if (reading.requirement)
          expect(requirementSchema.parse(reading.requirement)).toEqual(reading.requirement);
      }),
      { numRuns: 3_000 },
    );
  });

  it('that is read loses no course: each is in the requirement, or in a note', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const reading = parseRequirement(text);
        if (!reading.isRead) return;
        const kept = JSON.stringify(reading);
        for (const [number = ''] of text.matchAll(/\d{3,}/g)) expect(kept).toContain(number);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['parentheses', '('.repeat(2_000) + 'MATH 210' + ')'.repeat(1_990)],
    ['alternatives in parentheses', 'MATH 210 ' + '(or MATH 210 '.repeat(300)],
    ['commas', ','.repeat(4_000)],
    ['courses', 'MATH 210 or '.repeat(330)],
    ['words', 'a '.repeat(2_000)],
    ['knowledge', 'knowledge of '.repeat(300)],
    ['levels', 'junior or '.repeat(390) + 'standing'],
    ['advice', 'x, '.repeat(1_300) + 'recommended'],
    ['spaces', ' '.repeat(3_990) + 'x'],
    ['white space', 'MATH' + ' '.repeat(3_900) + '210'],
  ])('of many %s is done with in time', (_name, text) => {
    const startedAt = performance.now();
    parseRequirement(text);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('of more than 4,000 characters is refused', () => {
    expect(parseRequirement('x'.repeat(4_001))).toMatchObject({ isRead: false, part: 'x' });
  });
});
