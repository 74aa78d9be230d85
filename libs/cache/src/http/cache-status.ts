import type { AnswerSource } from '../reading/cache-answer.ts';

const token = /^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/;

/**
 * A `Cache-Status` header (RFC 9211): which cache answered, and from which layer.
 *
 * `registrar-courses; hit; detail=l1`, `...; hit; detail=l2`, `...; hit; detail=stale` (expired, as the source
 * failed), `...; fwd=uri-miss` (asked the source). What a cache nearer to the source said (`upstream`) comes
 * before it, as the RFC orders it.
 */
export function cacheStatus(cacheName: string, source: AnswerSource, upstream?: string): string {
  const name = token.test(cacheName) ? cacheName : JSON.stringify(cacheName);
  const own = source === 'load' ? `${name}; fwd=uri-miss` : `${name}; hit; detail=${source}`;
  return upstream ? `${upstream}, ${own}` : own;
}
