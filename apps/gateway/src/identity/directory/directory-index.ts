import type { DirectoryEntry, DirectoryMatch } from './directory-entry.rules.ts';

/** Where a page begins: after this account. */
export interface DirectoryPosition {
  emailKey: string;
  id: string;
}

/**
 * Accounts in memory, in order of email.
 *
 * Guarantee: an account is never replaced by an earlier version of it, in whatever order they come.
 */
export class DirectoryIndex {
  private readonly byId = new Map<string, DirectoryEntry>();
  /** Of accounts that are gone, so that a late version does not bring them back. */
  private readonly removed = new Set<string>();
  private sorted: DirectoryEntry[] | undefined;

  get size(): number {
    return this.byId.size;
  }

  versionOf(id: string): number {
    return this.removed.has(id) ? Infinity : (this.byId.get(id)?.version ?? 0);
  }

  put(entry: DirectoryEntry): void {
    if (this.versionOf(entry.id) >= entry.version) return;
    this.byId.set(entry.id, entry);
    this.sorted = undefined;
  }

  /** The account is gone for good. */
  remove(id: string): void {
    this.removed.add(id);
    if (this.byId.delete(id)) this.sorted = undefined;
  }

  /** The first `limit` that match, beyond a position. */
  find(match: DirectoryMatch, limit: number, after?: DirectoryPosition): DirectoryEntry[] {
    // Strings of the characters that emails have are in the same order as their bytes, as the index has them.
    const sorted = (this.sorted ??= [...this.byId.values()].sort(byEmail));
    const found: DirectoryEntry[] = [];
    for (let at = after ? firstBeyond(sorted, after) : 0; at < sorted.length; at += 1) {
      const entry = sorted[at];
      if (!entry || !match(entry)) continue;
      found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }
}

function firstBeyond(sorted: readonly DirectoryEntry[], after: DirectoryPosition): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (entry && byEmail(entry, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byEmail(a: DirectoryPosition, b: DirectoryPosition): number {
  if (a.emailKey !== b.emailKey) return a.emailKey < b.emailKey ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
