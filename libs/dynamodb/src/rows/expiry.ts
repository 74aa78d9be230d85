/** The value of a TTL attribute, in seconds, for an item that is kept for so many days from a moment (milliseconds) on. */
export function expiryOf(fromMs: number, days: number): number {
  return Math.ceil(fromMs / 1_000) + days * 86_400;
}
