import { describe, expect, expectTypeOf, it } from 'vitest';
import { rowCodec } from './row-codec.ts';

interface Seat {
  courseId: string;
  version: number;
  tags: string[];
}

const codec = rowCodec<Seat>()({ courseId: 'course_id', version: 'version', tags: 'tags' });

describe('a row codec', () => {
  it('gives back what it stored', () => {
    const seat: Seat = { courseId: 'crs_a', version: 2, tags: ['x'] };
    const item = codec.toItem(seat);
    expectTypeOf(item).toEqualTypeOf<{ course_id: string; version: number; tags: string[] }>();
    expect(item).toEqual({ course_id: 'crs_a', version: 2, tags: ['x'] });
    expect(codec.fromItem(item)).toEqual(seat);
  });

  it('leaves out what has no name: other attributes of the item', () => {
    const item = { ...codec.toItem({ courseId: 'crs_a', version: 2, tags: [] }), pending_at: 5 };
    expect(codec.fromItem(item)).toEqual({ courseId: 'crs_a', version: 2, tags: [] });
  });

  it('takes identifiers as names alone', () => {
    const names = { courseId: 'course-id', version: 'version', tags: 'tags' };
    expect(() => rowCodec<Seat>()(names)).toThrow('"course-id" cannot be');
  });
});
