import { describe, expect, it } from 'vitest';
import type { CartItem } from './cart.rules.ts';
import { itemsIn, mostItems, placesOf, setsOf, withItem, withoutItems } from './cart.rules.ts';

const item = (courseId: string, linked: readonly string[] = [], more: Partial<CartItem> = {}): CartItem => ({
  courseId,
  linked,
  joinWaitlist: false,
  ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, at) => item(`crs_${at}`));

describe('a cart', () => {
  it('keeps its order; the same course again is changed in its place', () => {
    const items = withItem(withItem([], item('a')), item('b'));
    expect(withItem(items, item('a', ['lab'])).map(({ courseId, linked }) => [courseId, linked])).toEqual([
      ['a', ['lab']],
      ['b', []],
    ]);
    expect(withoutItems(items, ['a'])).toEqual([item('b')]);
  });

  it('is bounded', () => {
    expect(withItem(many(mostItems), item('more'))).toHaveLength(mostItems);
    expect(itemsIn(many(mostItems + 5))).toHaveLength(mostItems);
  });

  it('goes out in sets of ten at most, which never part an item from its linked sections', () => {
    const items = [...many(8), item('lecture', ['lab', 'discussion']), item('last')];
    expect(setsOf(items).map((set) => set.map(({ courseId }) => courseId))).toEqual([
      many(8).map(({ courseId }) => courseId),
      ['lecture', 'last'],
    ]);
    expect(setsOf(many(10))).toHaveLength(1);
    expect(setsOf(many(11)).map((set) => set.length)).toEqual([10, 1]);
    expect(setsOf([])).toEqual([]);
  });

  it('names a section before its linked ones, which wait with it', () => {
    expect(placesOf([item('lecture', ['lab'], { joinWaitlist: true, credits: 1.5 }), item('b')])).toEqual([
      { courseId: 'lecture', joinWaitlist: true, credits: 1.5 },
      { courseId: 'lab', joinWaitlist: true },
      { courseId: 'b', joinWaitlist: false },
    ]);
  });
});

describe('a stored cart', () => {
  it.each([
    undefined,
    null,
    'text',
    7,
    {},
    [null, 1, 'x', [], {}, { courseId: 5 }, { courseId: '' }, { courseId: 'x'.repeat(101) }],
  ])('that is no cart (%j) is empty', (stored) => {
    expect(itemsIn(stored)).toEqual([]);
  });

  it('keeps what makes sense, each course once', () => {
    const odd = { courseId: 'a', linked: ['lab', 3, ''], credits: 'many', joinWaitlist: 'yes', more: 1 };
    expect(itemsIn([odd, item('b'), item('b', ['lab'])])).toEqual([item('a', ['lab']), item('b', ['lab'])]);
  });
});
