import type { ChangeResult } from '@registrar/contracts-enrollments';
import { describe, expect, it } from 'vitest';
import { foreseenOf, isPlaced, outcomesOf } from './outcomes.rules.ts';

const result = (
  courseId: string,
  outcome: ChangeResult['outcome'],
  codes: readonly string[] = [],
): ChangeResult => ({
  action: 'add',
  courseId,
  enrollmentId: null,
  outcome,
  enrollment: null,
  problems: codes.map((code) => ({ code, detail: code })),
});

describe('what became of the courses of a set', () => {
  it('is the result of each, and not that of a drop of the same course', () => {
    const results = [{ ...result('a', 'dropped'), action: 'drop' as const }, result('a', 'enrolled')];
    const outcomes = outcomesOf(['a'], { status: 'done', answer: { applied: true, results } });
    expect(outcomes.get('a')).toMatchObject({ kind: 'result', result: { outcome: 'enrolled' } });
    expect(isPlaced(outcomes.get('a'))).toBe(true);
  });

  it('is the result of each in a set that was refused', () => {
    const results = [result('a', 'refused', ['hold']), result('b', 'unchanged')];
    const problem = { status: 409, code: 'changes_refused', detail: 'Nothing was changed.', results };
    const outcomes = outcomesOf(['a', 'b'], { status: 'refused', problem });
    expect([...outcomes.values()].map((one) => one.kind === 'result' && one.result.outcome)).toEqual([
      'refused',
      'unchanged',
    ]);
    expect(isPlaced(outcomes.get('b'))).toBe(false);
  });

  it('is the problem of the whole where it has no results', () => {
    const problem = { status: 404, code: 'course_not_found', detail: 'There is no such course.' };
    expect(outcomesOf(['a'], { status: 'refused', problem }).get('a')).toEqual({ kind: 'problem', problem });
  });

  it.each([
    { status: 'sending' },
    { status: 'unknown', nextTryAtMs: 1 },
    { status: 'done', answer: {} },
  ] as const)('is open while there is no result: %o', (progress) => {
    expect(outcomesOf(['a'], progress).get('a')).toEqual({ kind: 'open', progress });
  });
});

it('a row foresees what is its own, not what holds for the whole page', () => {
  const judged = result('a', 'refused', [
    'enrollment_window_closed',
    'hold',
    'time_conflict',
    'seat_unavailable',
  ]);
  expect(foreseenOf(judged).map(({ code }) => code)).toEqual(['time_conflict', 'seat_unavailable']);
  expect(foreseenOf(undefined)).toEqual([]);
});
