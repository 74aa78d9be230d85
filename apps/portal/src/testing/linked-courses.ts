import type { StubApi } from './stub-api.ts';
import type { Course } from './stub-data.ts';
import { course } from './stub-data.ts';

/** Makes the first course a lecture that is taken with one of two labs. Returns the labs. */
export function addLabs(api: StubApi): readonly [Course, Course] {
  const lab = (section: string, day: 'thu' | 'fri', changes: Partial<Course> = {}) =>
    course({
      id: `crs_${section}`,
      section,
      component: 'lab',
      title: 'Programming Lab',
      credits: 0,
      meetings: [{ day, start: '14:00', end: '16:00', room: 'Lab 3' }],
      ...changes,
    });
  const labs = [lab('L1', 'thu'), lab('L2', 'fri', { enrolledCount: 29 })] as const;
  const linked: Course['linked'] = [{ component: 'lab', courseIds: labs.map(({ id }) => id) }];
  api.campus.courses = [
    ...api.campus.courses.map((one) => (one.id === 'crs_1' ? { ...one, linked } : one)),
    ...labs,
  ];
  return labs;
}
