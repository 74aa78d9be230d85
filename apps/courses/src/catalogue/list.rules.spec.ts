import type { CourseState, CourseStatus } from '@registrar/contracts-courses';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseState } from '../testing/courses.ts';
import { isListed } from './filter.rules.ts';
import {
  compareCourses,
  newestOf,
  positionOf,
  rankedPositionOf,
  takePart,
  takeRanked,
} from './list.rules.ts';

const anyCourse: fc.Arbitrary<CourseState> = fc
  .record({
    id: fc.stringMatching(/^crs_[a-c]{1,2}$/),
    departmentId: fc.constantFrom('ART', 'CS', 'cs'),
    code: fc.constantFrom('A-1', 'A-10', 'A-2', 'b'),
    section: fc.constantFrom('1', '10', '2'),
    version: fc.integer({ min: 1, max: 4 }),
  })
  .map(courseState);
const someCourses = fc.uniqueArray(anyCourse, { selector: ({ id }) => id, maxLength: 9 });

describe('the order of lists', () => {
  it('is by department, code, section and id, by code units', () => {
    const inOrder = [
      courseState({ departmentId: 'ART', code: 'Z', section: '9' }),
      courseState({ departmentId: 'CS', code: 'A-1', section: '2' }),
      courseState({ departmentId: 'CS', code: 'A-10', section: '1' }),
      courseState({ departmentId: 'CS', code: 'A-2', section: '1' }),
      courseState({ departmentId: 'CS', code: 'A-2', section: '10' }),
      courseState({ departmentId: 'CS', code: 'A-2', section: '2', id: 'crs_a' }),
      courseState({ departmentId: 'CS', code: 'A-2', section: '2', id: 'crs_b' }),
    ];
    expect([...inOrder].reverse().sort(compareCourses)).toEqual(inOrder);
  });

  it('is the same whatever order courses come in', () => {
    fc.assert(
      fc.property(someCourses, fc.infiniteStream(fc.nat()), (courses, random) => {
        const shuffled = courses
          .map((course) => ({ course, at: random.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ course }) => course);
        expect(newestOf(shuffled)).toEqual(newestOf(courses));
      }),
    );
  });
});

describe('pages', () => {
  it('show each course that stays exactly once and in order, whatever comes and goes in between', () => {
    const property = fc.property(
      someCourses,
      fc.array(someCourses, { maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      (stays, comesAndGoes, limit) => {
        const shown: CourseState[] = [];
        let after;
        for (let page = 0; ; page += 1) {
          const others = (comesAndGoes[page] ?? []).filter(({ id }) => stays.every((stay) => stay.id !== id));
          const { items, hasMore } = takePart([...stays, ...others].sort(compareCourses), limit, after);
          shown.push(...items);
          const last = items.at(-1);
          if (!hasMore || !last) break;
          after = positionOf(last);
        }
        const staying = shown.filter((course) => stays.includes(course));
        expect(staying).toEqual([...stays].sort(compareCourses));
        expect(shown).toEqual([...shown].sort(compareCourses));
      },
    );
    fc.assert(property);
  });

  it('say that there is more only where there is', () => {
    const courses = ['1', '2', '3'].map((section) => courseState({ section }));
    expect(takePart(courses, 3).hasMore).toBe(false);
    expect(takePart(courses, 2).hasMore).toBe(true);
    expect(takePart(courses, 0)).toEqual({ items: [], hasMore: true });
    expect(takePart([], 2)).toEqual({ items: [], hasMore: false });
  });
});

describe('pages by relevance', () => {
  it('show every course once, the lowest rank first and then in the order of lists', () => {
    const property = fc.property(
      someCourses,
      fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
      fc.integer({ min: 1, max: 4 }),
      (courses, ranks, limit) => {
        const found = courses.map((course) => ({ course, rank: ranks.next().value }));
        const shown: typeof found = [];
        for (let after; ;) {
          const { items, hasMore } = takeRanked(found, limit, after);
          shown.push(...items);
          const last = items.at(-1);
          if (!hasMore || !last) break;
          after = rankedPositionOf(last);
        }
        const inOrder = [...found].sort((a, b) => a.rank - b.rank || compareCourses(a.course, b.course));
        expect(shown).toEqual(inOrder);
      },
    );
    fc.assert(property);
  });
});

describe('the newest states', () => {
  it('never hold an older version than one that was given', () => {
    fc.assert(
      fc.property(fc.array(anyCourse), (courses) => {
        const newest = newestOf(courses);
        expect(new Set(newest.map(({ id }) => id)).size).toBe(newest.length);
        for (const { id, version } of courses) {
          const kept = newest.find((course) => course.id === id);
          expect(kept?.version).toBeGreaterThanOrEqual(version);
        }
      }),
    );
  });
});

describe('what a list shows', () => {
  it.each<[CourseStatus, CourseStatus | undefined, boolean]>([
    ['draft', undefined, false],
    ['open', undefined, true],
    ['closed', undefined, true],
    ['cancelled', undefined, true],
    ['draft', 'draft', true],
    ['open', 'draft', false],
    ['open', 'open', true],
    ['cancelled', 'open', false],
  ])('a course that is %s where %s is asked for: %s', (status, asked, expected) => {
    expect(isListed(courseState({ status }), { status: asked, instructorId: undefined })).toBe(expected);
  });

  it('of an instructor are the courses that have that instructor', () => {
    const course = courseState({ instructorIds: ['usr_1', 'usr_2'] });
    expect(isListed(course, { status: undefined, instructorId: 'usr_2' })).toBe(true);
    expect(isListed(course, { status: undefined, instructorId: 'usr_3' })).toBe(false);
  });
});
