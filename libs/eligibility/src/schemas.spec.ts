import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  courseCode,
  match,
  maxRequirementLevels,
  maxRequirementNodes,
  requirement,
  studentTag,
} from './schemas.ts';
import { requirementTrees } from './testing/requirement-trees.ts';

const leaf = { course: 'MATH 210' };

/** A leaf in so many levels of `all`, the leaf's own counted. */
function nested(levels: number): unknown {
  let tree: unknown = leaf;
  for (let level = 1; level < levels; level += 1) tree = { all: [tree] };
  return tree;
}

function messageOf(value: unknown): string {
  const [issue] = requirement.safeParse(value).error?.issues ?? [];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'none';
}

describe('a course code', () => {
  it.each(['MATH 210', 'M&E-101', 'A', 'b.1/2', 'X'.repeat(20), 'COMP1511'])('can be %j', (code) => {
    expect(courseCode.parse(code)).toBe(code);
  });
  it.each(['', ' ', ' A', 'A ', 'X'.repeat(21), 'A*', 'Ä 1', 'A\n', 'A\tB', 'A_1', 7, null])(
    'cannot be %j',
    (code) => {
      expect(courseCode.safeParse(code).success).toBe(false);
    },
  );
});

describe('a match', () => {
  it.each([
    [{ programs: ['CSCI'] }],
    [{ levels: ['junior', 'senior'], groups: ['honors'], minCredits: 0 }],
    [{ groups: Array.from({ length: 50 }, (_, at) => `g${at}`) }],
    [{ programs: ['x'.repeat(40)] }],
  ])('can be %j', (value) => {
    expect(match.parse(value)).toEqual(value);
  });

  it('has its values without white space around them, as those of students are', () => {
    expect(match.parse({ levels: ['\u00A0junior '] })).toEqual({ levels: ['junior'] });
    expect(studentTag.parse(' CSCI\t')).toBe('CSCI');
  });

  it.each([
    [{}],
    [{ programs: undefined }],
    [{ programs: [] }],
    [{ programs: [''] }],
    [{ programs: ['  '] }],
    [{ programs: ['x'.repeat(41)] }],
    [{ groups: Array.from({ length: 51 }, (_, at) => `g${at}`) }],
    [{ levels: 'junior' }],
    [{ minCredits: -1 }],
    [{ minCredits: Number.NaN }],
    [{ minCredits: '3' }],
    [{ programs: ['CSCI'], majors: ['CSCI'] }],
    [null],
    [[]],
  ])('cannot be %j', (value) => {
    expect(match.safeParse(value).success).toBe(false);
  });

  it('without any field is refused as one that lacks a field', () => {
    expect(match.safeParse({}).error?.issues).toMatchObject([{ path: [], params: { code: 'required' } }]);
  });
});

describe('a requirement', () => {
  it.each([
    [leaf],
    [{ course: 'MATH 210', minGrade: 'C-', concurrent: true }],
    [{ credits: 30 }],
    [{ credits: 0.25, of: ['MATH 2*', 'MATH *', '*', 'MATH 210', `${'X'.repeat(20)}*`] }],
    [{ count: 1, of: ['*'] }],
    [{ count: 1_000, of: ['MATH*'] }],
    [{ all: [{ any: [leaf, leaf] }, leaf] }],
    [nested(6)],
    [{ any: Array.from({ length: 59 }, () => leaf) }],
  ])('can be %j', (value) => {
    expect(requirement.parse(value)).toEqual(value);
  });

  it.each<[string, unknown, string]>([
    ['an empty object', {}, ': A part of a requirement is one of {"all": [...]}, '],
    ['null', null, ': A part of a requirement is one of '],
    ['text', 'MATH 210', ': A part of a requirement is one of '],
    ['a list', [leaf], ': A part of a requirement is one of '],
    ['an empty all', { all: [] }, 'all: '],
    ['an empty any', { any: [] }, 'any: '],
    ['all and any in one', { all: [leaf], any: [leaf] }, ': Use only one of all, any in a part'],
    ['a course and credits in one', { course: 'A 1', credits: 3 }, ': Use only one of course, credits in'],
    ['a list that is none', { all: leaf }, ': all: '],
    ['an unknown field', { course: 'A 1', grade: 'C' }, ': Unrecognized key: "grade"'],
    [
      'an unknown field inside',
      { any: [{ all: [{ ...leaf, x: 1 }] }] },
      'any.0.all.0: Unrecognized key: "x"',
    ],
    ['another type inside', { any: [leaf, { all: [{ course: 5 }] }] }, ': any.1.all.0.course: Invalid input'],
    ['no part inside', { any: [leaf, {}] }, ': any.1: A part of a requirement is one of '],
    ['a code that is none', { course: 'MATH 210 ' }, 'course: Use 1 to 20 letters'],
    ['a pattern as a code', { course: 'MATH *' }, 'course: Use 1 to 20 letters'],
    ['no least grade', { course: 'A 1', minGrade: '' }, 'minGrade: '],
    ['concurrent as false', { course: 'A 1', concurrent: false }, ': concurrent: '],
    ['no credits', { credits: 0 }, 'credits: '],
    ['infinitely many credits', { credits: Number.POSITIVE_INFINITY }, ': credits: '],
    ['credits of nothing', { credits: 3, of: [] }, 'of: '],
    ['a count without a list', { count: 1 }, ': of: '],
    ['a count of none', { count: 0, of: ['A 1'] }, 'count: '],
    ['half a course', { count: 1.5, of: ['A 1'] }, ''],
    ['a star inside', { count: 1, of: ['A*1'] }, 'of.0: Use a course code, or the beginning'],
    ['two stars', { count: 1, of: ['AB **'] }, 'of.0: Use a course code, or the beginning'],
    ['a space before the star alone', { count: 1, of: [' *'] }, 'of.0: Use a course code, or the beginning'],
    ['a pattern of more than 20 characters', { count: 1, of: [`${'X'.repeat(21)}*`] }, 'of.0: Use a course'],
    ['seven levels', nested(7), ': all.0.all.0.all.0.all.0.all.0: A requirement has at most 6 levels.'],
    [
      'sixty-one parts',
      { any: Array.from({ length: 60 }, () => leaf) },
      ': A requirement has at most 60 parts.',
    ],
    ['61 alternatives', { any: Array.from({ length: 61 }, () => leaf) }, 'any: '],
    [
      'sixty-one parts in several lists',
      { all: [0, 1].map(() => ({ any: Array.from({ length: 29 }, () => leaf) })) },
      ': A requirement has at most 60 parts.',
    ],
  ])('cannot be %s', (_name, value, message) => {
    expect(messageOf(value)).toContain(message);
    expect(requirement.safeParse(value).success).toBe(false);
  });

  it('has its limits from the contract', () => {
    expect([maxRequirementLevels, maxRequirementNodes]).toEqual([6, 60]);
  });

  it.each(['all', 'any'])('of 100,000 levels of %s is refused, quickly and with a short answer', (key) => {
    const body = `{"${key}":[`.repeat(100_000) + '{"course":"A 1"}' + ']}'.repeat(100_000);
    const startedAt = performance.now();
    const { error } = requirement.safeParse(JSON.parse(body));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(error?.issues[0]?.message).toContain('at most 6 levels');
    expect(error?.issues[0]?.message.length).toBeLessThan(200);
  });

  it('with both lists on each of many levels is refused in time that grows with its size', () => {
    let tree: object = leaf;
    for (let level = 0; level < 14; level += 1) tree = { all: [tree], any: [tree] };
    expect(requirement.safeParse(tree).success).toBe(false);
  });

  it('is taken as it is, whatever it is, or refused: nothing is thrown', () => {
    fc.assert(
      fc.property(requirementTrees, (tree) => {
        const { success, data } = requirement.safeParse(tree);
        if (success) expect(data).toEqual(tree);
      }),
    );
    const keys = fc.constantFrom(
      'all',
      'any',
      'course',
      'credits',
      'count',
      'of',
      'minGrade',
      '__proto__',
      'x',
    );
    const { garbage } = fc.letrec((tie) => ({
      garbage: fc.oneof(
        { maxDepth: 8 },
        fc.jsonValue(),
        fc.array(tie('garbage'), { maxLength: 4 }),
        fc.dictionary(keys, tie('garbage'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(garbage, (value) => {
        const ended = [requirement, match, courseCode, studentTag].map((schema) => schema.safeParse(value));
        for (const { error } of ended)
          for (const { message } of error?.issues ?? []) expect(message).toBeTruthy();
      }),
    );
  });

  it('is published as JSON Schema, with patterns that other languages take', () => {
    const text = JSON.stringify(z.toJSONSchema(z.strictObject({ requirement, match }), { io: 'input' }));
    expect(text).toContain('RequirementOf1Levels');
    expect(text).not.toMatch(/\(\?[^:]/);
  });
});

describe('the pure rules', () => {
  it('import nothing but each other, so that a browser loads no schemas', () => {
    const seen = new Set<string>();
    const open = [join(import.meta.dirname, 'rules.ts')];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const imports = readFileSync(file, 'utf8').matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g);
      for (const [, name = ''] of imports) {
        expect([file, name]).toEqual([file, expect.stringMatching(/^\.\/.+\.ts$/)]);
        open.push(join(dirname(file), name));
      }
    }
    expect(seen.size).toBe(6);
  });
});
