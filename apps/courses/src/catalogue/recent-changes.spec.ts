import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { RecentChanges } from './recent-changes.ts';

describe('recent changes', () => {
  it('are kept for a minute, by department and semester', () => {
    let now = 0;
    const recent = new RecentChanges(() => now);
    recent.recordState(courseState({ id: 'crs_a' }));
    recent.recordState(courseState({ id: 'crs_b', departmentId: 'ART' }));
    now = 30_000;
    recent.recordState(courseState({ id: 'crs_c' }));
    expect(recent.of('2026-fall', 'CS').map(({ id }) => id)).toEqual(['crs_a', 'crs_c']);
    now = 60_000;
    expect(recent.of('2026-fall', 'CS').map(({ id }) => id)).toEqual(['crs_c']);
    now = 90_000;
    expect(recent.of('2026-fall', 'CS')).toEqual([]);
  });

  it('do not go back to an older version', () => {
    const recent = new RecentChanges();
    recent.recordState(courseState({ version: 3 }));
    recent.recordState(courseState({ version: 2 }));
    expect(recent.get('crs_a')?.version).toBe(3);
  });
});
