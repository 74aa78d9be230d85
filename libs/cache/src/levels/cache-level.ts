import type { CacheKey } from '../keys/cache-keys.ts';
import type { CacheRecord, LevelRead, LoadMark, PutResult } from '../record/cache-record.ts';
import type { VersionVector } from '../versions/version-vector.rules.ts';

/** How to read. `shared`: pass over what this process alone holds. */
export interface ReadOptions {
  readonly shared?: boolean;
}

/**
 * A place that keeps records by key, and never lets an older one replace a newer one.
 *
 * Guarantee, in any order of calls: a record is only given back while nothing newer is known for its key;
 * what was read before a write, its tombstone, a raised epoch or a lost connection cannot be put after it.
 * `cacheLevelSuite` is this contract as tests.
 * Failure: nothing rejects. A level that cannot be reached reads as empty (`blind`), puts nothing
 * (`unavailable`), and says of an invalidation that it is owed (false).
 */
export interface CacheLevel {
  /** What is kept for the key, expired records included for as long as they may be served in need. */
  read(key: CacheKey, options?: ReadOptions): LevelRead | Promise<LevelRead>;

  /** Where this process stands now: taken before a value is read that will be put without a `read`. */
  mark(): LoadMark;

  /** Stores the record unless something says that it is too old. */
  put(key: CacheKey, record: CacheRecord, mark: LoadMark): PutResult | Promise<PutResult>;

  /**
   * Notes that a write happened: a record without it is never served again, nor stored for 30 s.
   * A record with it stays. False: it is owed, and this process trusts nothing until it is paid.
   */
  invalidate(key: CacheKey, versions: VersionVector): boolean | Promise<boolean>;
}
