/** An account as the index lists it. */
interface DirectoryItem {
  id: string;
  email_key: string;
}

/** Accounts in order of email, from all partitions of their index. */
interface DirectoryItems<Item> {
  items: Item[];
  /** Whether these are the last. */
  isLast: boolean;
}

/**
 * The first `limit` accounts of all partitions together, in order of email: that of bytes, as in each of them. An
 * account that is moving to another partition is in both for a moment; it is given once.
 *
 * @param pages the first accounts of each partition, one more than `limit` of each where there are so many
 */
export function firstByEmail<Item extends DirectoryItem>(
  pages: readonly Item[][],
  limit: number,
): DirectoryItems<Item> {
  const byId = new Map(pages.flat().map((item) => [item.id, item]));
  const all = [...byId.values()].sort(byEmail);
  return { items: all.slice(0, limit), isLast: all.length <= limit };
}

function byEmail(a: DirectoryItem, b: DirectoryItem): number {
  return Buffer.compare(Buffer.from(a.email_key), Buffer.from(b.email_key));
}
