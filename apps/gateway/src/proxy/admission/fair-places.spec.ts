import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairPlaces } from './fair-places.ts';

/** Groups that take places, and how many each holds by its own account. */
class Groups {
  readonly held = new Map<string, (() => void)[]>();

  constructor(readonly places: FairPlaces) {}

  enter(group: string): string | undefined {
    const own = this.held.get(group) ?? [];
    this.held.set(group, own);
    const leave = this.places.enter(group, () => own.splice(own.indexOf(mine), 1));
    const mine = () => void (typeof leave === 'function' && leave());
    if (typeof leave === 'string') return leave;
    own.push(mine);
    return undefined;
  }

  leave(group: string): void {
    this.held.get(group)?.shift()?.();
  }

  sizeOf(group: string): number {
    return this.held.get(group)?.length ?? 0;
  }
}

function takeAll(groups: Groups, group: string): string {
  for (;;) {
    const refusal = groups.enter(group);
    if (refusal !== undefined) return refusal;
  }
}

describe('fair places', () => {
  it('are all for one group while no other wants any', () => {
    const groups = new Groups(new FairPlaces(100));
    expect(takeAll(groups, 'a')).toBe('share');
    expect(groups.sizeOf('a')).toBe(100);
  });

  it('are shared alike, no matter which group came first', () => {
    const groups = new Groups(new FairPlaces(120));
    for (const group of ['a', 'b', 'c']) expect(takeAll(groups, group)).toBe('share');
    expect(['a', 'b', 'c'].map((group) => groups.sizeOf(group)).sort()).toEqual([40, 40, 40]);
    for (let at = 0; at < 30; at += 1) expect(groups.enter('newcomer')).toBeUndefined();
    expect(groups.places.size).toBe(120);
  });

  it('are not to be had while every other group holds but one', () => {
    const groups = new Groups(new FairPlaces(2));
    expect([groups.enter('a'), groups.enter('b'), groups.enter('c'), groups.enter('a')]).toEqual([
      undefined,
      undefined,
      'total',
      'share',
    ]);
    groups.leave('a');
    expect(groups.enter('c')).toBeUndefined();
  });

  it('take the oldest of the group that holds most, once, and give it back once', () => {
    const places = new FairPlaces(3);
    const evicted: string[] = [];
    const leaves = ['a1', 'a2', 'a3'].map((name) => places.enter('a', () => evicted.push(name)));
    places.enter('b', () => evicted.push('b1'));
    expect(evicted).toEqual(['a1']);
    for (const leave of [...leaves, ...leaves]) if (typeof leave === 'function') leave();
    expect(places.size).toBe(1);
  });

  it('hold at most their number, and let a newcomer in while any group holds two', () => {
    const step = fc.record({ group: fc.constantFrom('a', 'b', 'c', 'd'), leaves: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 100 }), (total, steps) => {
        const groups = new Groups(new FairPlaces(total));
        for (const { group, leaves } of steps) {
          if (leaves) groups.leave(group);
          else groups.enter(group);
          const sizes = ['a', 'b', 'c', 'd'].map((each) => groups.sizeOf(each));
          const used = sizes.reduce((sum, size) => sum + size, 0);
          expect([groups.places.size, used <= total]).toEqual([used, true]);
          const isOpen = used < total || Math.max(...sizes) > 1;
          expect(groups.enter('newcomer') === undefined).toBe(isOpen);
          groups.leave('newcomer');
        }
      }),
    );
  });
});
