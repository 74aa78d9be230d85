import { describe, expect, it } from 'vitest';
import { offeringOf } from '../enrollment/testing/builders.ts';
import { answerTo } from '../registration/planning/change-answers.ts';
import { bundleLines, changeOf } from './line-bundles.rules.ts';
import type { ImportedCourse } from './line-bundles.rules.ts';
import { verdictsOf } from './line-verdict.ts';
import type { PersonLine } from './line-verdict.ts';

const actor = { id: 'usr_r', role: 'registrar' } as const;
const many = Array.from({ length: 11 }, (_, at) => `crs_m${at}`);
const courses = new Map<string, ImportedCourse>(
  [
    offeringOf('crs_lec', {
      linked: [{ component: 'lab', courseIds: ['crs_lab', 'crs_lab2', 'crs_draft'] }],
    }),
    offeringOf('crs_lab'),
    offeringOf('crs_lab2'),
    offeringOf('crs_draft'),
    offeringOf('crs_art'),
    offeringOf('crs_free', { credits: 4, minCredits: 1.5 }),
    offeringOf('crs_big', { linked: [{ component: 'lab', courseIds: many }] }),
    ...many.map((id) => offeringOf(id)),
  ].map((offering) => [
    offering.courseId,
    { status: offering.courseId === 'crs_draft' ? 'draft' : 'open', offering },
  ]),
);

/** Lines from 2 on: a student and a course each, and credits. */
function linesOf(...rows: (readonly [userId: string, courseId: string, credits?: number])[]): PersonLine[] {
  return rows.map(([userId, courseId, credits], at) => ({ line: at + 2, userId, courseId, credits }));
}

function divided(...rows: Parameters<typeof linesOf>) {
  const { bundles, refused } = bundleLines(linesOf(...rows), courses);
  return { lines: bundles.map(({ lines }) => lines.map(({ line }) => line)), refused };
}

describe('the lines of a file', () => {
  it('are one change where they are of one student and the sections are linked, wherever they stand', () => {
    const { lines, refused } = divided(
      ['a', 'crs_lab'],
      ['b', 'crs_lec'],
      ['a', 'crs_art'],
      ['a', 'crs_lec'],
      ['b', 'crs_art'],
      ['c', 'crs_lab'],
    );
    expect(lines).toEqual([[2, 5], [3], [4], [6], [7]]);
    expect(refused).toEqual([]);
  });

  it('that say the same twice count once in a bundle, the first', () => {
    const { lines } = divided(['a', 'crs_lec'], ['a', 'crs_lec'], ['a', 'crs_lab'], ['a', 'crs_lab']);
    expect(lines).toEqual([[2, 4], [3], [5]]);
  });

  it('stand alone where the other section is not offered, or not known', () => {
    expect(divided(['a', 'crs_lec'], ['a', 'crs_draft'], ['a', 'crs_unknown']).lines).toEqual([
      [2],
      [3],
      [4],
    ]);
  });

  it('may name credits that the course has, and no others', () => {
    const { lines, refused } = divided(
      ['a', 'crs_free', 1.5],
      ['b', 'crs_free', 1.25],
      ['c', 'crs_free', 4.25],
      ['d', 'crs_art', 3],
      ['e', 'crs_art', 2],
      ['f', 'crs_unknown', 2],
    );
    expect(lines).toEqual([[2], [5], [7]]);
    expect(refused).toMatchObject([
      { refusal: { line: 3, code: 'invalid_line', detail: 'CRS_FREE has 1.5 to 4 credits, in quarters.' } },
      { refusal: { line: 4, code: 'invalid_line' } },
      { refusal: { line: 6, code: 'invalid_line', detail: 'CRS_ART has 3 credits.' } },
    ]);
  });

  it('are refused where they would be too large a change', () => {
    const own = many.map((id) => ['a', id] as const);
    const { lines, refused } = divided(['a', 'crs_big'], ...own, ['a', 'crs_art']);
    expect(lines).toEqual([[13 + 1]]);
    expect(refused).toHaveLength(12);
    expect(refused[0]).toMatchObject({ refusal: { line: 2, code: 'invalid_line' } });
  });
});

describe('a bundle of lines', () => {
  const lines = linesOf(['a', 'crs_lec'], ['a', 'crs_lab', 2]);
  const set = changeOf({ userId: 'a', lines }, actor, undefined);

  it('is one change set, of all or nothing, in which each may wait', () => {
    expect(set).toMatchObject({
      mode: 'all',
      answer: 'results',
      add: [
        { courseId: 'crs_lec', joinWaitlist: true, credits: undefined },
        { courseId: 'crs_lab', joinWaitlist: true, credits: 2 },
      ],
    });
    expect(changeOf({ userId: 'a', lines: lines.slice(0, 1) }, actor, undefined).answer).toBe('single');
  });

  it('is refused line by line: those without a problem of their own say whose it is', () => {
    const refused = (courseId: string, codes: string[]) => ({
      action: 'add' as const,
      courseId,
      record: undefined,
      isUnchanged: true,
      waitlistPosition: null,
      problems: codes.map((code) => ({ code: code as 'enrollment_ended', detail: `It is ${code}.` })),
    });
    const results = [refused('crs_lec', []), refused('crs_lab', ['time_conflict', 'waitlist_full'])];
    expect(verdictsOf(lines, answerTo(set, results))).toEqual([
      {
        kind: 'refused',
        refusal: {
          line: 2,
          code: 'linked_section_required',
          detail: expect.stringContaining('line 3 (time_conflict)') as string,
        },
      },
      { kind: 'refused', refusal: { line: 3, code: 'time_conflict', detail: 'It is time_conflict.' } },
    ]);
  });
});
