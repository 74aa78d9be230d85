const firstDelayMs = 1_000;
const longestDelayMs = 15_000;
const jitter = 0.3;

/**
 * How long to wait before the next try, in ms: what the server asks for, else twice as long after each failure, plus
 * up to 30 % at random (`random` in 0..1), so that browsers do not come back together.
 */
export function retryDelayMs(failures: number, retryAfterMs: number | undefined, random: number): number {
  const base = retryAfterMs ?? Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
  return Math.round(Math.max(base, 250) * (1 + jitter * random));
}
