import type { CourseState } from '@registrar/contracts-courses';
import { expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { linkChange } from './course-links.rules.ts';

const naming = (...courseIds: string[]) =>
  courseState({ linked: courseIds.length === 0 ? [] : [{ component: 'lab', courseIds }] });
const cancelled = (course: CourseState): CourseState => ({ ...course, status: 'cancelled' });

it.each<[string, CourseState | undefined, CourseState, ReturnType<typeof linkChange>]>([
  ['a new course without links', undefined, naming(), undefined],
  ['a new course', undefined, naming('a', 'b'), { takes: ['a', 'b'], frees: [], owner: 'begins' }],
  ['no change', naming('a', 'b'), naming('b', 'a'), undefined],
  ['the first links', naming(), naming('a'), { takes: ['a'], frees: [], owner: 'begins' }],
  ['other links', naming('a', 'b'), naming('b', 'c'), { takes: ['c'], frees: ['a'] }],
  ['the last links', naming('a'), naming(), { takes: [], frees: ['a'], owner: 'ends' }],
  ['a cancellation', naming('a'), cancelled(naming('a')), { takes: [], frees: ['a'], owner: 'ends' }],
])('%s changes the records of links by what is new and what is gone', (_what, before, next, expected) =>
  expect(linkChange(before, next)).toEqual(expected),
);
