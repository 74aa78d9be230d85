import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestFirst } from './newest-first.rules.ts';

const partitions = fc.uniqueArray(fc.nat(500), { maxLength: 60 }).chain((numbers) =>
  fc.array(fc.nat(3), { minLength: numbers.length, maxLength: numbers.length }).map((shards) =>
    [0, 1, 2, 3].map((shard) =>
      numbers
        .filter((_, at) => shards[at] === shard)
        .map((number) => ({ at_id: String(number).padStart(5, '0') }))
        .sort((a, b) => (a.at_id < b.at_id ? 1 : -1)),
    ),
  ),
);

it('walks all partitions once, the newest first, whatever the pages are', () => {
  fc.assert(
    fc.property(partitions, fc.integer({ min: 1, max: 7 }), (all, limit) => {
      const seen: string[] = [];
      let before = '~';
      for (let more = true; more;) {
        const found = all.map((each) => each.filter(({ at_id: at }) => at < before).slice(0, limit + 1));
        const page = newestFirst(found, limit);
        seen.push(...page.items.map(({ at_id: at }) => at));
        before = seen.at(-1) ?? '';
        more = page.hasMore;
      }
      expect(seen).toEqual(
        all
          .flat()
          .map(({ at_id: at }) => at)
          .sort()
          .reverse(),
      );
    }),
  );
});
