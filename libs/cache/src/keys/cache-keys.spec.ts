import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { keys, type CacheKey } from './cache-keys.ts';

const courses = keys('courses', { unit: 'unit:{semesterId}:{departmentId}', departments: 'departments' });

describe('keys', () => {
  it('fill the patterns of a service', () => {
    expect(courses.unit({ semesterId: 'fall-2026', departmentId: 'math' })).toBe(
      'courses:unit:fall-2026:math',
    );
    expect(courses.departments()).toBe('courses:departments');
  });

  it('never give two things one key', () => {
    const values = fc.record({
      semesterId: fc.string({ minLength: 1 }),
      departmentId: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const same = one.semesterId === other.semesterId && one.departmentId === other.departmentId;
        expect(courses.unit(one) === courses.unit(other)).toBe(same);
      }),
    );
  });

  it('refuse an empty value', () => {
    expect(() => courses.unit({ semesterId: '', departmentId: 'math' })).toThrow('semesterId');
  });

  it('ask for the values of the pattern, and are not plain strings', () => {
    expectTypeOf(courses.unit)
      .parameter(0)
      .toEqualTypeOf<Readonly<Record<'semesterId' | 'departmentId', string | number>>>();
    expectTypeOf(courses.departments).parameters.toEqualTypeOf<[]>();
    expectTypeOf<string>().not.toExtend<CacheKey>();
  });
});
