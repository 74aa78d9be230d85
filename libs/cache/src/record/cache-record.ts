import type { VersionVector } from '../versions/version-vector.rules.ts';
import type { CachedBody } from './cached-body.ts';

/** What a level keeps for a key: a body, or the knowledge that the thing does not exist. */
export interface CacheRecord {
  readonly versions: VersionVector;
  /** Undefined: the thing is known to be missing. */
  readonly body: CachedBody | undefined;
  /** By the cache's clock, ms since the epoch: from then on it must be loaded again, and is served only if that fails. */
  readonly freshUntil: number;
}

/**
 * Proof of when something was read. A put hands it back, so that a level can refuse a value that was loaded
 * before an event it may have missed: a raised epoch, a lost connection, a memory that was emptied.
 */
export interface LoadMark {
  /** The cache epoch in Redis then; null where Redis was not heard. */
  readonly epoch: string | null;
  /** How often the connection to Redis had been lost then. */
  readonly link: number;
  /** How often the memory level had forgotten something it should remember then. */
  readonly memory: number;
  /** By the clock of the cache, ms. */
  readonly at: number;
}

/** The level that answered. */
export type LevelName = 'l1' | 'l2';

/** What reading a level brought. */
export interface LevelRead {
  /** A record that may be served while fresh, and a while longer if the source fails. Never one that the version guard refuses. */
  readonly record: CacheRecord | undefined;
  /** Where the record, or the refusal to give one, came from. */
  readonly level: LevelName;
  /** The versions that were reported as written: a load below them is too old. */
  readonly floor: VersionVector;
  readonly mark: LoadMark;
  /** Redis would have been asked, but could not be: nothing is known about other instances' writes. */
  readonly blind: boolean;
}

/**
 * What became of a put. `stored`: it is there. `older`: the stored record is newer. `conflict`: neither has
 * more, so a tombstone is there now. `refused`: it was read before an event that may have gone unnoticed.
 * `unavailable`: the level could not be reached.
 */
export type PutOutcome = 'stored' | 'older' | 'conflict' | 'refused' | 'unavailable';

/** The outcome, and the versions that the level has as written. */
export interface PutResult {
  readonly outcome: PutOutcome;
  readonly floor: VersionVector;
}

/** A tombstone is kept this long: twice as long as any load may take. */
export const tombstoneTtlMs = 30_000;

/** The longest that a load may take, and that a mark is good for. */
export const maxLoadMs = 15_000;

/** The longest that an expired record is served while its source is down. */
export const maxStaleMs = 60_000;
