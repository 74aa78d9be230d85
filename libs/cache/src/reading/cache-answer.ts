import type { CacheRecord } from '../record/cache-record.ts';
import type { CachedBody } from '../record/cached-body.ts';
import type { VersionVector, Versions } from '../versions/version-vector.rules.ts';

/** Which layer answered: memory, Redis, the source itself, or an expired record because the source failed. */
export type AnswerSource = 'l1' | 'l2' | 'load' | 'stale';

/** A read that found the thing. */
export interface FoundAnswer {
  readonly body: CachedBody;
  readonly versions: VersionVector;
  readonly source: AnswerSource;
}

/** A read that found the thing to be missing. */
interface MissingAnswer {
  readonly body: undefined;
  readonly versions: VersionVector;
  readonly source: AnswerSource;
}

/** What a read of a cache brings. */
export type CacheAnswer = FoundAnswer | MissingAnswer;

/** A record as the answer of a layer. */
export function answerOf({ body, versions }: CacheRecord, source: AnswerSource): CacheAnswer {
  return body ? { body, versions, source } : { body: undefined, versions, source };
}

/** What a load brings: the bytes, or null for a thing that does not exist, and their version vector. */
export interface Loaded {
  readonly body: Uint8Array | string | null;
  readonly versions: Versions;
}

/** The arguments of a load. */
export interface LoadRequest {
  /** Aborted when the time for the load is over. Its outcome is not used from then on. */
  readonly signal: AbortSignal;
  /** Versions that are known to have been committed: a source that lags behind them should be asked firmly. */
  readonly atLeast: VersionVector;
}

/** Reads the thing at its source. */
export type Load = (request: LoadRequest) => Promise<Loaded>;

/** What became of a changed body. `current`: a newer one was there. `tombstone`: the next read loads. `owed`: see `invalidate`. */
export type UpdateOutcome = 'patched' | 'current' | 'tombstone' | 'owed';
