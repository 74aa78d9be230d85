import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dominates,
  follows,
  formatVersions,
  judgePut,
  mergeVersions,
  parseVersions,
  vectorOf,
} from './version-vector.rules.ts';

const vector = fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), fc.maxSafeNat(), { maxKeys: 4 });

describe('version vectors', () => {
  it('take a plain number for the one component v', () => {
    expect(vectorOf(3)).toEqual({ v: 3 });
    expect(vectorOf({ fall: 1 })).toEqual({ fall: 1 });
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuse %s as a version', (version) => {
    expect(() => vectorOf(version)).toThrow(TypeError);
  });

  it('count a component that is not named as 0', () => {
    expect(dominates({ a: 1 }, { b: 0 })).toBe(true);
    expect(dominates({ a: 1 }, { b: 1 })).toBe(false);
    expect(dominates({}, {})).toBe(true);
  });

  it.each([
    [undefined, { v: 0 }, 'accept'],
    [{ v: 1 }, { v: 1 }, 'accept'],
    [{ v: 1 }, { v: 2 }, 'accept'],
    [{ v: 2 }, { v: 1 }, 'older'],
    [{ a: 1, b: 1 }, { a: 1 }, 'older'],
    [{ a: 1, b: 2 }, { a: 2, b: 1 }, 'conflict'],
  ])('judge over %o a put of %o: %s', (stored, incoming, verdict) => {
    expect(judgePut(stored, incoming)).toBe(verdict);
  });

  it.each([
    [{ fall: 2 }, { fall: 1, spring: 5 }, true],
    [{ fall: 1 }, {}, true],
    [{ fall: 3 }, { fall: 1 }, false],
    [{ fall: 1 }, { fall: 1 }, false],
    [{ fall: 2, spring: 2 }, { fall: 1, spring: 1 }, true],
    [{ fall: 2, spring: 3 }, { fall: 1, spring: 1 }, false],
    [{}, { fall: 1 }, false],
  ])('know whether %o is exactly the next write after %o: %s', (raised, base, expected) => {
    expect(follows(raised, base)).toBe(expected);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'take a semester that is called %s',
    (name) => {
      const [first, second] = [1, 2].map((version) => Object.fromEntries([[name, version]]));
      if (!first || !second) throw new Error('two vectors');
      expect([dominates(second, first), dominates(first, second), dominates({}, first)]).toEqual([
        true,
        false,
        false,
      ]);
      expect([follows(first, {}), follows(second, first), follows(first, first)]).toEqual([
        true,
        true,
        false,
      ]);
      expect(formatVersions(mergeVersions(first, second))).toBe(formatVersions(second));
      expect(formatVersions(parseVersions(formatVersions(second)) ?? {})).toBe(formatVersions(second));
    },
  );

  it('merge to the least vector that dominates both', () => {
    fc.assert(
      fc.property(vector, vector, (one, other) => {
        const merged = mergeVersions(one, other);
        expect(dominates(merged, one) && dominates(merged, other)).toBe(true);
        const own = (from: object, name: string) =>
          Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined;
        for (const name of Object.keys(merged))
          expect([own(one, name), own(other, name)]).toContain(merged[name]);
      }),
    );
  });

  it('come back from text as they were, whatever the names', () => {
    fc.assert(
      fc.property(vector, (one) => {
        const text = formatVersions(one);
        expect(text).not.toMatch(/[\s]/);
        expect(parseVersions(text)).toEqual({ ...one });
      }),
    );
  });

  it.each(['v', 'v=', '=1', 'v=x', 'v=1,', 'v=1.5'])('are not read from %s', (text) => {
    expect(parseVersions(text)).toBeUndefined();
  });
});
