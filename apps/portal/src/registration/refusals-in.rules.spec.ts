import { describe, expect, it } from 'vitest';
import { refusalsIn, takenWith } from './refusals-in.rules.ts';

const problem = { status: 409, code: 'changes_refused', detail: 'Nothing was changed.' };
const entry = {
  action: 'add',
  courseId: 'crs_1',
  enrollmentId: null,
  outcome: 'refused',
  enrollment: null,
} as const;
const full = { code: 'seat_unavailable', detail: 'Full.' };

describe('what a problem refuses for', () => {
  it('is every problem of every entry of a set', () => {
    const results = [
      { ...entry, problems: [full, { code: 'time_conflict', detail: 'Clash.', conflicts: ['crs_9'] }] },
      { ...entry, courseId: 'crs_2', outcome: 'unchanged' as const, problems: [] },
    ];
    expect(refusalsIn({ ...problem, results })).toEqual([
      { courseId: 'crs_1', refusal: full },
      { courseId: 'crs_1', refusal: { code: 'time_conflict', detail: 'Clash.', conflicts: ['crs_9'] } },
    ]);
  });

  it.each([undefined, []])('is itself where it has no entries (%o)', (results) => {
    const whole = results ? { ...problem, results } : problem;
    expect(refusalsIn(whole)).toEqual([{ courseId: undefined, refusal: whole }]);
  });
});

it('a linked section that was asked for alone names the course that it is taken with', () => {
  const params = { with: { id: 'crs_1', code: 'CS 101' } };
  expect(takenWith({ code: 'linked_section_required', params })).toBe('crs_1');
  expect(takenWith({ code: 'linked_section_required', params: { with: null } })).toBeUndefined();
  expect(takenWith({ code: 'linked_section_required' })).toBeUndefined();
  expect(takenWith({ code: 'hold', params })).toBeUndefined();
});
