/** A record by its place in the order of time. */
export interface Positioned {
  readonly at_id: string;
}

/** The newest of several lists together. */
interface Newest<Item> {
  items: Item[];
  /** Whether there are more beyond them. */
  hasMore: boolean;
}

/**
 * The newest `limit` of all partitions together, the newest first. Pure.
 *
 * @param partitions the newest of each, one more than `limit` where there are so many
 */
export function newestFirst<Item extends Positioned>(
  partitions: readonly (readonly Item[])[],
  limit: number,
): Newest<Item> {
  const all = partitions.flat().sort((a, b) => (a.at_id < b.at_id ? 1 : -1));
  return { items: all.slice(0, limit), hasMore: all.length > limit };
}
