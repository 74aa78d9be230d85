import {
  GradeScale,
  isMatched,
  missingOf,
  passedCourses,
  requirement as requirementSchema,
} from '@registrar/eligibility';
import type { CourseHistory, Match, Requirement } from '@registrar/eligibility';
import { describe, expect, it } from 'vitest';
import { sharedFile } from '../testing/shared-data.ts';
import { parseRequirement } from './parse-requirement.rules.ts';

type Grades = Readonly<Record<string, string | number | null>>;

interface Case {
  readonly passed?: Grades;
  readonly current?: readonly string[];
  readonly classLevel?: string;
  readonly eligible: boolean;
  /** The source lets in whose mark is not recorded yet, and says so; the contract does not. */
  readonly warning?: boolean;
  readonly note?: string;
}

interface Example {
  readonly id: number;
  readonly form: string;
  readonly text: string | null;
  readonly tree: Tree;
  readonly cases: readonly Case[];
}

interface Tree {
  readonly all?: readonly Tree[];
  readonly any?: readonly Tree[];
  readonly course?: string;
  readonly minMark?: number;
  readonly minGrade?: string;
  readonly concurrent?: true;
  readonly atLeast?: number;
  readonly of?: readonly string[];
  readonly placement?: string;
  readonly classIn?: readonly string[];
}

/** What a course has of an example: a class level is a restriction, not a requirement. */
interface Rules {
  readonly requirement: Requirement;
  readonly restriction?: Match;
}

/** Averages and cohorts are held by neither. */
const notHeld = new Map([
  [3, 'any-of with average'],
  [10, 'only for some cohorts'],
]);

const file = sharedFile('catalogues/prereq-examples.json');
const examples = file.isThere ? (JSON.parse(file.content()) as Example[]) : [];
const held = examples.filter(({ id }) => !notHeld.has(id));
const scale = new GradeScale();

function requirementOf(tree: Tree): Requirement {
  if (tree.all) return { all: tree.all.map(requirementOf) };
  if (tree.any) return { any: tree.any.map(requirementOf) };
  if (tree.atLeast !== undefined) {
    return { count: tree.atLeast, of: (tree.of ?? []).map((each) => each.replace('%', '*')) };
  }
  const minGrade = tree.minMark === undefined ? tree.minGrade : String(tree.minMark);
  return {
    // A placement test is a completion under a code of its own.
    course: tree.course ?? tree.placement ?? '',
    ...(minGrade !== undefined && { minGrade }),
    ...(tree.concurrent && { concurrent: true }),
  };
}

function rulesOf({ tree }: Example): Rules {
  const children = tree.all ?? [];
  const levels = children.find(({ classIn }) => classIn)?.classIn;
  if (!levels) return { requirement: requirementOf(tree) };
  return {
    requirement: requirementOf({ all: children.filter(({ classIn }) => !classIn) }),
    restriction: { levels: [...levels] },
  };
}

/** Some cases of the source's tests are of a rule of the same kind, which their note names. */
function rulesOfCase(example: Example, { note = '' }: Case): Rules {
  const [, mark] = /(\d+)GRADE/.exec(note) ?? [];
  if (mark !== undefined) return { requirement: { course: 'COMP1511', minGrade: mark } };
  const [, code] = /^rule \[(\w+)\]/.exec(note) ?? [];
  return code === undefined ? rulesOf(example) : { requirement: { course: code, concurrent: true } };
}

function historyOf(passed: Grades, current: readonly string[]): CourseHistory {
  const attempts = Object.entries(passed).map(([code, grade]) => ({
    code,
    credits: 4,
    grade: grade === null ? null : String(grade),
  }));
  return { passed: passedCourses(attempts, scale), concurrent: new Set(current), scale };
}

function isEligible(
  { requirement, restriction }: Rules,
  { passed = {}, current = [], classLevel }: Case,
): boolean {
  const student = { programs: [], level: classLevel ?? null, groups: [], earnedCredits: 0 };
  if (restriction && !isMatched(restriction, student)) return false;
  return missingOf(requirement, historyOf(passed, current)) === undefined;
}

/** All codes in a requirement, and one for each pattern. */
function codesIn(tree: Requirement): string[] {
  if ('all' in tree) return tree.all.flatMap(codesIn);
  if ('any' in tree) return tree.any.flatMap(codesIn);
  if ('course' in tree) return [tree.course];
  return (tree.of ?? []).flatMap((each) => [1, 2, 3, 4, 5, 6, 7].map((at) => each.replace('*', `900${at}`)));
}

describe.skipIf(!file.isThere)('prerequisite rules of real universities', () => {
  it('are held, twelve of fourteen', () => {
    expect(examples.filter(({ id }) => notHeld.has(id)).map(({ form }) => form)).toEqual([
      ...notHeld.values(),
    ]);
    expect(held).toHaveLength(12);
    for (const example of held) {
      const { requirement } = rulesOf(example);
      expect(requirementSchema.parse(requirement)).toEqual(requirement);
    }
  });

  it.each(
    held.flatMap((example) =>
      example.cases.map((each, at) => [example.id, example.form, at, each, example] as const),
    ),
  )('number %d (%s) has the verdict of its case %d', (_id, _form, _at, each, example) => {
    // Whose mark is not recorded meets no least one: "P and no grade pass but meet none".
    const expected = each.eligible && each.warning !== true;
    expect(isEligible(rulesOfCase(example, each), each)).toBe(expected);
  });

  it.each(
    held.flatMap((example) => (example.text === null ? [] : [[example.id, example.text, example] as const])),
  )('number %d, %j, are read as their tree, or refused with a reason', (_id, text, example) => {
    const reading = parseRequirement(text);
    if (!reading.isRead) {
      expect(reading.reason).toMatch(/\.$/);
      expect(text).toContain(reading.part);
      return;
    }
    const { requirement, restriction } = rulesOf(example);
    const read = reading.requirement;
    expect(restriction).toBeUndefined();
    if (!read) throw new Error(`${text} asks for nothing`);
    const codes = [...new Set([...codesIn(requirement), ...codesIn(read)])].slice(0, 12);
    for (let set = 0; set < 2 ** codes.length; set += 1) {
      const chosen = codes.filter((_, at) => (set >> at) % 2 === 1);
      const rest = codes.filter((code) => !chosen.includes(code));
      for (const grade of [null, 60, 90]) {
        const history = historyOf(Object.fromEntries(chosen.map((code) => [code, grade])), rest.slice(0, 1));
        expect([chosen, grade, missingOf(read, history) === undefined]).toEqual([
          chosen,
          grade,
          missingOf(requirement, history) === undefined,
        ]);
      }
    }
  });

  it('have texts, of which half are read', () => {
    const texts = examples.flatMap(({ text }) => text ?? []);
    const read = texts.filter((text) => parseRequirement(text).isRead);
    process.stdout.write(`prerequisite examples: ${read.length} of ${texts.length} texts read\n`);
    expect(read.length).toBeGreaterThanOrEqual(6);
  });
});
