import { describe, expect, it } from 'vitest';
import { defineTables } from './define-tables.ts';

const courses = {
  name: 'courses',
  partitionKey: { name: 'id', type: 'S' },
  ttlAttribute: 'expires_at',
  indexes: [
    { name: 'CoursesBySemester', partitionKey: { name: 'semester_id', type: 'S' }, projection: ['title'] },
  ],
};

describe('the table file of a service', () => {
  it('gives each table its physical name', () => {
    const tables = defineTables('courses', 'registrar_', { tables: [courses] });
    expect(tables.name('courses')).toBe('registrar_courses_courses');
    expect(tables.definitions).toEqual([
      { ...courses, name: 'registrar_courses_courses', logicalName: 'courses' },
    ]);
  });

  it('refuses the name of a table that it does not declare', () => {
    const tables = defineTables('courses', '', { tables: [courses] });
    expect(() => tables.name('seats')).toThrow('courses declares no table seats');
  });

  it.each([
    ['no tables', { tables: [] }],
    ['an unknown field', { tables: [{ ...courses, throughput: 5 }] }],
    [
      'an unknown field of an index',
      { tables: [{ ...courses, indexes: [{ ...courses.indexes[0], x: 1 }] }] },
    ],
    ['an unknown key type', { tables: [{ ...courses, partitionKey: { name: 'id', type: 'X' } }] }],
    ['an attribute that is not snake_case', { tables: [{ ...courses, ttlAttribute: 'expiresAt' }] }],
    ['a table twice', { tables: [courses, courses] }],
    ['an index twice', { tables: [{ ...courses, indexes: [...courses.indexes, ...courses.indexes] }] }],
    ['one attribute of two types', { tables: [{ ...courses, sortKey: { name: 'semester_id', type: 'N' } }] }],
    ['something else', 'tables'],
  ])('refuses %s', (_what, json) => {
    expect(() => defineTables('courses', '', json)).toThrow(/tables.json of courses is not valid/);
  });

  it('names every fault at once', () => {
    const wrong = { tables: [{ ...courses, name: '1st' }, { name: 'seats' }] };
    expect(() => defineTables('courses', '', wrong)).toThrow(
      /tables\[0\]\.name[\s\S]*tables\[1\]\.partitionKey/,
    );
  });
});
