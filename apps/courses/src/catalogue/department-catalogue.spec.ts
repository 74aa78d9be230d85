import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { DepartmentCatalogue } from './department-catalogue.ts';

describe('a department catalogue', () => {
  it('comes back from its bytes as it was, counts included', () => {
    const counts = { enrolledCount: 3, waitlistedCount: 1, sequence: 7 };
    const catalogue = new DepartmentCatalogue(
      [courseState({ id: 'crs_b', section: '2' }), courseState()],
      [['crs_a', counts]],
    );
    const read = DepartmentCatalogue.read(Buffer.from(catalogue.text()));
    expect(read.courses.map(({ id }) => id)).toEqual(['crs_a', 'crs_b']);
    expect(read.counts.get('crs_a')).toEqual(counts);
    expect(read.versions()).toEqual({ crs_a: 1, crs_b: 1 });
  });

  it('comes back whole from bytes that an earlier version wrote', () => {
    const { requirement: _r, restriction: _t, ...course } = courseState();
    const { enrollmentClosesAt: _c, dropDeadlineAt: _d, withdrawDeadlineAt: _w, ...earlier } = course;
    const bytes = Buffer.from(JSON.stringify({ courses: [earlier], counts: {} }));
    expect(DepartmentCatalogue.read(bytes).course('crs_a')).toEqual(courseState());
  });

  it('takes over newer states and leaves older ones, in the order of lists', () => {
    const catalogue = new DepartmentCatalogue([
      courseState({ version: 2 }),
      courseState({ id: 'crs_b', section: '2' }),
    ]);
    const next = catalogue.with([
      courseState({ version: 1, title: 'Old' }),
      courseState({ id: 'crs_c', code: 'A' }),
    ]);
    expect(next.courses.map(({ id }) => id)).toEqual(['crs_c', 'crs_a', 'crs_b']);
    expect(next.course('crs_a')).toMatchObject({ version: 2, title: 'Introduction to Programming' });
  });
});
