import { describe, expect, it } from 'vitest';
import { droppedAlong, heldInLists } from './linked.rules.ts';

const list = (...courseIds: string[]) => ({ component: 'lab' as const, courseIds });
const courses = new Map(
  [
    { id: 'lecture', linked: [list('lab 1', 'lab 2'), list('discussion')] },
    { id: 'other lecture', linked: [list('lab 1')] },
    { id: 'lab 1', linked: [] },
    { id: 'lab 2', linked: [] },
  ].map((course) => [course.id, course]),
);
const place = (courseId: string, status: 'enrolled' | 'waitlisted' | 'dropped' = 'enrolled') => ({
  courseId,
  status,
});
const along = (...places: ReturnType<typeof place>[]) =>
  droppedAlong('lecture', places, courses).map(({ courseId }) => courseId);

describe('places that end with a lecture', () => {
  it.each([
    [
      'its linked sections, waited for or held',
      [place('lab 1', 'waitlisted'), place('discussion')],
      ['lab 1', 'discussion'],
    ],
    ['none where nothing is linked', [place('elsewhere')], []],
    ['none that has ended', [place('lab 1', 'dropped')], []],
    ['none that another held lecture names', [place('lab 1'), place('other lecture')], []],
    [
      'those that only an ended lecture names',
      [place('lab 1'), place('other lecture', 'dropped')],
      ['lab 1'],
    ],
  ] as const)('are %s', (_, places, expected) => {
    expect(along(place('lecture'), ...places)).toEqual(expected);
  });

  it('are none of a course that is not known', () => {
    expect(droppedAlong('unknown', [place('lab 1')], courses)).toEqual([]);
  });
});

it('a list is met by the section of it that is held', () => {
  const { linked = [] } = courses.get('lecture') ?? {};
  expect(heldInLists({ linked }, (id) => id === 'lab 2')).toEqual(['lab 2', undefined]);
});
