import { describe, expect, it } from 'vitest';
import { below, between, drawnId, oneOf, seededRandom, shuffled, weighted } from './random.ts';

const many = Array.from({ length: 1_000 }, (_, index) => index);

describe('random draws', () => {
  it('are the same for the same seed, and others for another', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => {
      const random = seededRandom(seed);
      return many.map(() => random());
    });
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one?.every((each) => each >= 0 && each < 1)).toBe(true);
  });

  it('stay within their bounds and reach all of them', () => {
    const random = seededRandom(1);
    expect(new Set(many.map(() => below(random, 5)))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(many.map(() => between(random, 2, 3)).every((each) => each >= 2 && each <= 3)).toBe(true);
    expect(new Set(many.map(() => oneOf(random, ['a', 'b'])))).toEqual(new Set(['a', 'b']));
    expect(() => oneOf(random, [])).toThrow(RangeError);
  });

  it('go by weights', () => {
    const random = seededRandom(2);
    const drawn = many.map(() => weighted(random, { never: 0, seldom: 1, often: 9 }));
    const count = (name: string) => drawn.filter((each) => each === name).length;
    expect(count('never')).toBe(0);
    expect(count('seldom')).toBeGreaterThan(0);
    expect(count('often')).toBeGreaterThan(5 * count('seldom'));
  });

  it('mix a list and leave the given one as it is', () => {
    const list = [...many];
    const mixed = shuffled(seededRandom(3), list);
    expect(list).toEqual(many);
    expect(mixed).not.toEqual(many);
    expect(mixed.toSorted((one, other) => one - other)).toEqual(many);
  });

  it('make ids as the system does', () => {
    expect(drawnId(seededRandom(4), 'usr')).toMatch(/^usr_[a-z2-7]{20}$/);
  });
});
