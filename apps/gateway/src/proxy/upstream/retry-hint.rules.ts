const leastMs = 1_000;
const spreadMs = 2_000;

/**
 * The block of a stream of events that sets when a client reconnects, 1 to 3 s from now: spread out, so that
 * thousands do not come back in the same moment.
 *
 * @param random from 0 up to 1
 */
export function retryHint(random: number): string {
  return `retry: ${leastMs + Math.floor(random * spreadMs)}\n\n`;
}
