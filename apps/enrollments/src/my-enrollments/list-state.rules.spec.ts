import { describe, expect, it } from 'vitest';
import type { EnrollmentItem, StudentSemesterItem } from '../enrollment/store/enrollment.codec.ts';
import { entryOf } from '../enrollment/testing/builders.ts';
import { ownStateOf } from './list-state.rules.ts';

type Shown = Pick<EnrollmentItem, 'status' | 'version'>;

/** The semester that names these enrollments at these versions. */
function semesterOf(versions: Record<string, number>): StudentSemesterItem {
  const entries = Object.entries(versions).map(([course, version]) =>
    entryOf(course, 'enrolled', { version }),
  );
  return { user_id: 'usr_a', semester_id: 'spring', version: 9, entries };
}

function stateOf(versions: Record<string, number>, shown: Record<string, Shown>) {
  const items = Object.entries(shown).map(([course, item]) => {
    const id = `enr_${course}`;
    return [id, { id, user_id: 'usr_a', course_id: course, semester_id: 'spring', ...item }] as const;
  });
  return ownStateOf([semesterOf(versions)], new Map(items as [string, EnrollmentItem][]));
}

const at = (version: number, status: Shown['status'] = 'enrolled'): Shown => ({ status, version });

describe("a student's enrollments as read", () => {
  it('are of one state where they are what the semester says', () => {
    expect(stateOf({ a: 2, b: 1 }, { a: at(2, 'dropped'), b: at(1) })).toEqual({
      behind: [],
      isNewer: false,
    });
    expect(ownStateOf([], new Map())).toEqual({ behind: [], isNewer: false });
  });

  it('are behind where one is missing, or shown as it was before', () => {
    expect(stateOf({ a: 2, b: 1 }, { a: at(1) })).toEqual({ behind: ['enr_a', 'enr_b'], isNewer: false });
  });

  it.each([
    ['one has changed since the semester was read', { a: 1 }, { a: at(2, 'dropped') }],
    ['one was taken up since the semester was read', {}, { a: at(1) }],
    ['one was taken up and ended since then', {}, { a: at(2, 'dropped') }],
  ])('are ahead where %s', (_, versions, shown) => {
    expect(stateOf(versions, shown)).toEqual({ behind: [], isNewer: true });
  });

  it('may have ended before all that a long semester names', () => {
    const names = Array.from({ length: 100 }, (_, index) => `c${index}`);
    const versions = Object.fromEntries(names.map((name) => [name, 1]));
    const shown = Object.fromEntries(names.map((name) => [name, at(1)]));
    expect(stateOf(versions, { ...shown, old: at(2, 'dropped') }).isNewer).toBe(false);
    expect(stateOf(versions, { ...shown, fresh: at(1) }).isNewer).toBe(true);
  });
});
