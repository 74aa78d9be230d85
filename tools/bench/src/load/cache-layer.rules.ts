/** What answered a request: the cache nearest to the client that had a hit, or the source behind all caches. */
export type CacheLayer = 'gateway' | 'service memory' | 'redis' | 'stale' | 'source' | 'none';

const hitDetail = /; *hit(?:; *detail=([\w-]+))?/;

/**
 * Reads a `Cache-Status` header (RFC 9211). The member nearest to the client is the last one; the hit nearest to the
 * client is the layer. Without the header nothing was cached (`none`).
 */
export function cacheLayerOf(cacheStatus: string): CacheLayer {
  if (cacheStatus === '') return 'none';
  const members = cacheStatus.split(',').map((member) => member.trim());
  for (const member of members.toReversed()) {
    const hit = hitDetail.exec(member);
    if (hit === null) continue;
    if (hit[1] === 'stale') return 'stale';
    if (member.startsWith('registrar-gateway')) return 'gateway';
    return hit[1] === 'l2' ? 'redis' : 'service memory';
  }
  return 'source';
}

const known = new Map<string, CacheLayer>();

/** The same, cached: a run has few different headers, many times each. */
export function rememberedLayerOf(cacheStatus: string): CacheLayer {
  let layer = known.get(cacheStatus);
  if (layer === undefined) {
    layer = cacheLayerOf(cacheStatus);
    if (known.size < 1_000) known.set(cacheStatus, layer);
  }
  return layer;
}
