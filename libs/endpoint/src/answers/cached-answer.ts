import { CachedBody } from '@registrar/cache';
import type { Sendable } from '@registrar/cache';

/** Bytes that are sent as they are, and where they came from: an answer of a cache fits. */
export interface CachedAnswer extends Sendable {
  /** Put before the ETag and a dot: a course's version, for `"<version>.<rest>"`. */
  readonly etagPrefix?: string | number;
  /** `Cache-Control` where it is another than the route's. */
  readonly cacheControl?: string;
  /** Headers besides, such as another content type than JSON's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whether a handler gave bytes from a cache. */
export function isCachedAnswer(result: unknown): result is CachedAnswer {
  return typeof result === 'object' && result !== null && (result as CachedAnswer).body instanceof CachedBody;
}
