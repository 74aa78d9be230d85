/** A time to live spread by a tenth to both sides, so that what was stored together does not expire together. */
export function jittered(ttlMs: number, random: () => number): number {
  return ttlMs * (0.9 + 0.2 * random());
}
