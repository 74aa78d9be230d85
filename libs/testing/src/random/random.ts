/** A number in [0, 1), the next of its sequence. */
export type Random = () => number;

/** A small seeded generator (mulberry32): the same seed draws the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 up to, not including, `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** A number from `from` to `to`. */
export function between(random: Random, from: number, to: number): number {
  return from + random() * (to - from);
}

/** One of `items`, each as likely. */
export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}

/** The items in a random order; the given list stays as it is. */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = below(random, at + 1);
    [result[at], result[other]] = [result[other] as Item, result[at] as Item];
  }
  return result;
}

/** One of the names, each as likely as its weight says. */
export function weighted<Name extends string>(random: Random, weights: Readonly<Record<Name, number>>): Name {
  const entries = Object.entries(weights) as [Name, number][];
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  throw new RangeError('There is nothing to choose from.');
}

/** An id as the system makes them: a prefix and 20 characters of base32. */
export function drawnId(random: Random, prefix: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return `${prefix}_${Array.from({ length: 20 }, () => letters[below(random, 32)]).join('')}`;
}
