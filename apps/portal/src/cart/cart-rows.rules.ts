import type { CartItem } from './cart.rules.ts';
import type { Outcome } from './outcomes.rules.ts';
import { isPlaced } from './outcomes.rules.ts';

/**
 * The rows that are shown: the cart, and what left it by getting a place while the page was looked at, each where it
 * stood when it was sent.
 */
export function rowsOf(
  items: readonly CartItem[],
  sent: readonly CartItem[],
  outcomes: ReadonlyMap<string, Outcome>,
): readonly CartItem[] {
  const inCart = new Map(items.map((item) => [item.courseId, item]));
  const placed = sent.flatMap((item, at) =>
    isPlaced(outcomes.get(item.courseId)) && !inCart.has(item.courseId) ? [{ item, at }] : [],
  );
  return placed.reduce<readonly CartItem[]>((rows, { item, at }) => rows.toSpliced(at, 0, item), items);
}
