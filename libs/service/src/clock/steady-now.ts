/** The wall clock at the start of this process, less what the monotonic clock said then. */
const origin = Date.now() - performance.now();

/**
 * Milliseconds since the epoch that never step: the wall clock at the start of this process, carried on by the
 * monotonic clock. For durations, deadlines and ages within one process; not for what other machines read.
 */
export function steadyNow(): number {
  return origin + performance.now();
}
