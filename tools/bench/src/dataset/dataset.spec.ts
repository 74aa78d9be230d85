import { describe, expect, it } from 'vitest';
import { makeDataset } from './dataset.ts';

const data = makeDataset(1, new Date('2026-09-01T12:00:00Z'));

describe('the dataset', () => {
  it('is as large as the comparison asks for', () => {
    expect(data.courses).toHaveLength(2_000);
    expect(data.users).toHaveLength(2_000);
    expect(data.enrollments).toHaveLength(10_000);
    expect(new Set(data.courses.map(({ semesterId }) => semesterId)).size).toBe(4);
    expect(new Set(data.courses.map(({ departmentId }) => departmentId)).size).toBeGreaterThanOrEqual(12);
    expect(makeDataset(0.1, new Date()).courses).toHaveLength(200);
  });

  it('has no section twice in a semester', () => {
    const sections = data.courses.map(({ semesterId, code, section }) => `${semesterId} ${code} ${section}`);
    expect(new Set(sections).size).toBe(2_000);
  });

  it('has enrollments that no rule stands against: no course twice, no two at one time', () => {
    const seen = new Set<string>();
    for (const { user, course } of [...data.enrollments, ...data.spare]) {
      const { semesterId, meetings } = data.courses[course] ?? { semesterId: '', meetings: [] };
      const key = `${user} ${semesterId} ${meetings[0]?.day} ${meetings[0]?.start}`;
      expect(seen.has(key)).toBe(false);
      seen.add(key);
    }
  });

  it('keeps spare enrollments for writes during a run, all in the current semester', () => {
    expect(data.spare.length).toBeGreaterThan(10_000);
    expect(data.spare.every(({ course }) => data.courses[course]?.semesterId === 'bench-current')).toBe(true);
  });

  it('is the same each time', () => {
    const again = makeDataset(1, new Date('2026-09-01T12:00:00Z'));
    expect(again.users.slice(0, 5)).toEqual(data.users.slice(0, 5));
    expect(again.enrollments).toEqual(data.enrollments);
  });
});
